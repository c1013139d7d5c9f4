import type { ValueId } from '../../../plan/index.js';
import { type Shape, sizeOf, stridesOf } from '../../../shape.js';
import { divide } from '../source/indexing.js';
import { KernelBuilder, type Operand, type Quad, quadOf, thread } from '../source/kernelBuilder.js';
import { quadsOf } from '../source/quads.js';
import { elementIndices, type View, Walk } from '../source/walk.js';
import type { Lowering, LoweringContext, Lowerings } from './lowering.js';
import { place } from './place.js';

const transpose: Lowering<'transpose'> = ({ inputs, output, params }, context) => {
  const strides = stridesOf(context.value(inputs[0] as ValueId).shape);
  const view = { start: 0, strides: params.permutation.map((axis) => strides[axis] as number) };
  copyView(context, context.operand(inputs[0] as ValueId), view, context.value(output).shape, context.operand(output));
};

const slice: Lowering<'slice'> = ({ inputs, output, params }, context) => {
  const strides = stridesOf(context.value(inputs[0] as ValueId).shape);
  const start = params.begin.reduce((sum, index, axis) => sum + index * (strides[axis] as number), 0);
  const { shape } = context.value(output);
  copyView(context, context.operand(inputs[0] as ValueId), { start, strides }, shape, context.operand(output));
};

const pad: Lowering<'pad'> = ({ inputs, output, params }, context) => {
  const { shape } = context.value(inputs[0] as ValueId);
  const strides = stridesOf(shape);
  const target = context.value(output).shape;
  const axes = shape.map((count, axis) => ({
    length: target[axis] as number,
    count,
    stride: strides[axis] as number,
    before: params.padding[axis]?.[0] ?? 0,
  }));
  const scalar = { length: 1, count: 1, stride: 1 };
  const source = context.operand(inputs[0] as ValueId);
  place({ source, axes: axes.length === 0 ? [scalar] : axes, value: params.value }, context, context.operand(output));
};

const concat: Lowering<'concat'> = ({ inputs, output, params }, context) => {
  const { shape } = context.value(output);
  const inner = sizeOf(shape.slice(params.axis + 1));
  const pieces = inputs.map((id) => ({
    operand: context.operand(id),
    width: (context.value(id).shape[params.axis] as number) * inner,
  }));
  join(
    pieces.filter(({ width }) => width > 0),
    sizeOf(shape.slice(0, params.axis)),
    context,
    context.operand(output),
  );
};

export const layoutLowerings = { transpose, slice, pad, concat } satisfies Lowerings;

function copyView(context: LoweringContext, source: Operand, view: View, shape: Shape, output: Operand): void {
  if (sizeOf(shape) === 0) return;
  const kernel = new KernelBuilder(context.dialect, 'argument');
  const walk = new Walk(kernel, shape, [view]);
  context.launch(kernel.finish(quadsOf(sizeOf(shape)), walk.read(kernel.array(source), 0)), output);
}

/** An array of which each row has `width` elements in what is joined. */
interface Piece {
  readonly operand: Operand;
  readonly width: number;
}

/** Joins rows; more arrays than a kernel may read are joined in several turns. */
function join(pieces: readonly Piece[], rows: number, context: LoweringContext, output: Operand): void {
  const most = context.dialect.operands;
  const width = pieces.reduce((total, piece) => total + piece.width, 0);
  if (rows * width === 0) return;
  if (pieces.length > most) {
    const first = pieces.slice(0, most);
    const joined = first.reduce((total, piece) => total + piece.width, 0);
    const operand = context.temporary(quadsOf(rows * joined));
    join(first, rows, context, operand);
    join([{ operand, width: joined }, ...pieces.slice(most)], rows, context, output);
    return;
  }
  const kernel = new KernelBuilder(context.dialect, 'argument');
  const isAligned = pieces.every((piece) => piece.width % 4 === 0);
  const size = rows * width;
  const result = isAligned ? joinQuads(kernel, pieces, rows, width / 4) : joinElements(kernel, pieces, size, width);
  context.launch(kernel.finish(quadsOf(size), result), output);
}

function joinQuads(kernel: KernelBuilder, pieces: readonly Piece[], rows: number, width: number): Quad {
  const [row, column] = divide(kernel, thread, width, rows * width);
  const result = [kernel.let('0'), kernel.let('0'), kernel.let('0'), kernel.let('0')] as const;
  eachPiece(kernel, pieces, column, 4, (array, piece, inside) => {
    const quad = kernel.quad(array, kernel.let(`${row} * ${kernel.size(piece.width / 4)} + ${inside}`, 'k'));
    result.forEach((name, i) => {
      kernel.line(`${name} = ${quad[i]};`);
    });
  });
  return result;
}

function joinElements(kernel: KernelBuilder, pieces: readonly Piece[], size: number, width: number): Quad {
  const numbers = elementIndices(kernel).map((index) => {
    const [row, column] = divide(kernel, index, width, size + 4);
    const result = kernel.let('0');
    eachPiece(kernel, pieces, column, 1, (array, piece, inside) => {
      kernel.line(`${result} = ${kernel.element(array, `${row} * ${kernel.size(piece.width)} + ${inside}`)};`);
    });
    return result;
  });
  return quadOf(numbers);
}

/** Calls `take` within a branch for each piece, with where in it a column is. */
function eachPiece(
  kernel: KernelBuilder,
  pieces: readonly Piece[],
  column: string,
  step: number,
  take: (array: string, piece: Piece, inside: string) => void,
): void {
  let start = 0;
  for (const piece of pieces) {
    const end = start + piece.width / step;
    const from = start;
    kernel.block(`if (${column} >= ${kernel.size(from)} && ${column} < ${kernel.size(end)})`, () => {
      take(kernel.array(piece.operand), piece, kernel.let(`${column} - ${kernel.size(from)}`, 'k'));
    });
    start = end;
  }
}
