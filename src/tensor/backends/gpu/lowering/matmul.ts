import { sizeOf } from '../../../shape.js';
import type { Operand } from '../source/kernelBuilder.js';
import { quadsOf } from '../source/quads.js';
import type { Finish, Lowering, LoweringContext, Lowerings } from './lowering.js';
import { place } from './place.js';
import { multiplyTile } from './product.js';
import { computeTiles, tileHeight } from './tiles.js';

/** Matrices one behind the other, where `(row, column)` of the first is `row * rowStride + column * columnStride`. */
interface Matrices {
  readonly source: Operand;
  readonly batch: number;
  readonly rows: number;
  readonly columns: number;
  readonly rowStride: number;
  readonly columnStride: number;
}

const matmul: Lowering<'matmul'> = ({ inputs, params, output }, context, finish) => {
  const a = context.value(inputs[0] as number).shape;
  const { shape } = context.value(output);
  const [rows, columns] = shape.slice(-2) as [number, number];
  const depth = a.at(params.transposeA ? -2 : -1) as number;
  const batch = sizeOf(shape.slice(0, -2));
  const left = matrices(context.operand(inputs[0] as number), batch, rows, depth, params.transposeA);
  const right = matrices(context.operand(inputs[1] as number), batch, depth, columns, params.transposeB);
  multiplyMatrices(left, right, context, finish);
};

export const matmulLowerings = { matmul } satisfies Lowerings;

function matrices(source: Operand, batch: number, rows: number, columns: number, transposed: boolean): Matrices {
  return { source, batch, rows, columns, rowStride: transposed ? 1 : columns, columnStride: transposed ? rows : 1 };
}

/** `a b`, whichever way their numbers stand. */
function multiplyMatrices(a: Matrices, b: Matrices, context: LoweringContext, finish: Finish): void {
  const { batch, rows, columns: depth } = a;
  const { columns } = b;
  const isOuter = a.columnStride !== 1 && depth > 0 && b.columnStride === 1;
  if (isOuter) multiplyColumns(a, b, context, finish);
  else {
    const height = tileHeight(context, rows, Math.ceil(depth / 4));
    const tiles = Math.ceil(rows / height);
    const depthQuads = Math.ceil(depth / 4);
    const left = aligned(a, rows, context);
    const alongSum = b.columnStride !== 1;
    const right = alongSum ? aligned(transposed(b), columns, context) : aligned(b, depthQuads * 4, context);
    const columnQuads = Math.ceil(columns / 4);
    const tiling = { batch, rows, columns, height, tiles, parts: 1 };
    computeTiles(tiling, context, finish, (kernel, { matrix, tile, column }) => {
      const starts = Array.from({ length: height }, (_, i) => {
        const inTile = height === 1 ? tile : `Math.min(${tile} * ${height} + ${i}, ${rows - 1})`;
        return kernel.let(`(${matrix} * ${rows} + ${inTile}) * ${depthQuads}`, 'b');
      });
      const first = alongSum
        ? kernel.let(`(${matrix} * ${columns} + ${column} * 4) * ${depthQuads}`, 'b')
        : kernel.let(`${matrix} * ${depthQuads * 4 * columnQuads} + ${column}`, 'b');
      return multiplyTile(kernel, {
        rows: height,
        a: { array: kernel.array(left), along: 'sum', starts },
        b: alongSum
          ? { array: kernel.array(right), along: 'sum', start: first, columnStep: depthQuads }
          : { array: kernel.array(right), along: 'result', start: first, rowStep: columnQuads },
        loops:
          depth === 0 ? [{ count: 0, a: 0, b: 0 }] : [{ count: depthQuads, a: 1, b: alongSum ? 1 : 4 * columnQuads }],
      });
    });
  }
}

/** The same where both have their quads along what stays: one term makes a whole tile. */
function multiplyColumns(a: Matrices, b: Matrices, context: LoweringContext, finish: Finish): void {
  const { batch, rows, columns: depth } = a;
  const { columns } = b;
  const rowQuads = Math.ceil(rows / 4);
  const columnQuads = Math.ceil(columns / 4);
  const left = aligned(transposed(a), depth, context);
  const right = aligned(b, depth, context);
  const whole = context.dialect.targets >= 4;
  const tiling = { batch, rows, columns, height: whole ? 4 : 1, tiles: whole ? rowQuads : rows, parts: 1 };
  computeTiles(tiling, context, finish, (kernel, { matrix, tile, column }) => {
    const quad = whole ? tile : kernel.let(`Math.floor(${tile} * 0.25)`, 'd');
    const start = kernel.let(`${matrix} * ${depth * rowQuads} + ${quad}`, 'b');
    const first = kernel.let(`${matrix} * ${depth * columnQuads} + ${column}`, 'b');
    const inQuad = whole ? {} : { place: kernel.let(`${tile} - 4 * ${quad}`, 'r') };
    return multiplyTile(kernel, {
      rows: whole ? 4 : 1,
      a: { array: kernel.array(left), along: 'result', starts: [start], ...inQuad },
      b: { array: kernel.array(right), along: 'result', start: first },
      loops: [{ count: depth, a: rowQuads, b: columnQuads }],
    });
  });
}

function transposed({ source, batch, rows, columns, rowStride, columnStride }: Matrices): Matrices {
  return { source, batch, rows: columns, columns: rows, rowStride: columnStride, columnStride: rowStride };
}

/**
 * Where matrices are whose rows begin at quads, with zeros behind them: where they are already, or a copy.
 * @param height how many rows each must have; further ones are zeros.
 */
function aligned(
  { source, batch, rows, columns, rowStride, columnStride }: Matrices,
  height: number,
  context: LoweringContext,
): Operand {
  if (columnStride === 1 && columns % 4 === 0 && height === rows) return source;
  const width = Math.ceil(columns / 4) * 4;
  const copy = context.temporary(quadsOf(batch * height * width));
  const axes = [
    { length: batch, count: batch, stride: rows * columns },
    { length: height, count: rows, stride: rowStride },
    { length: width, count: columns, stride: columnStride },
  ];
  place({ source, axes, value: 0 }, context, copy);
  return copy;
}
