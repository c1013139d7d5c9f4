import type { ConvParams } from '../../../ops/primitives.js';
import type { ValueId } from '../../../plan/index.js';
import { sizeOf } from '../../../shape.js';
import { coordinates, quotient } from '../source/indexing.js';
import { KernelBuilder, quadOf } from '../source/kernelBuilder.js';
import { quadsOf } from '../source/quads.js';
import { elementIndices } from '../source/walk.js';
import { applyEpilogue } from './epilogue.js';
import { type Finish, type LoweringContext, type Shape4, type StepOf, shape4 } from './lowering.js';
import { linesPerPart } from './parts.js';
import { foldParts } from './reduce.js';

// Convolutions in groups, and depthwise ones with several filters for each channel: straight from the definition, one
// number at a time. A depthwise filter `[h, w, c, m]` is a filter `[h, w, 1, c m]` in `c` groups.

/** One convolution, from whichever side it is looked at. */
interface Grouped {
  readonly x: Shape4;
  readonly y: Shape4;
  readonly filter: Shape4;
  readonly groups: number;
  readonly params: ConvParams;
}

export function groupedConvolution(
  { inputs, output, params, op }: StepOf<'conv2d' | 'depthwiseConv2d'>,
  context: LoweringContext,
  finish: Finish,
): void {
  const shapes = {
    x: shape4(context, inputs[0] as ValueId),
    y: shape4(context, output),
    filter: shape4(context, inputs[1] as ValueId),
  };
  const { x, y, filter, groups } = groupedShapes(shapes, params, op === 'depthwiseConv2d');
  const [height, width, depth, filters] = filter;
  const kernel = new KernelBuilder(context.dialect);
  const [image, weights] = inputs.map((id) => kernel.array(context.operand(id))) as [string, string];
  const size = sizeOf(y);
  const sums = elementIndices(kernel).map((index) => {
    const [picture, row, column, channel] = coordinates(kernel, index, y, size + 4) as [string, string, string, string];
    const group = quotient(kernel, channel, filters / groups, filters);
    const sum = kernel.let('0', 's');
    eachTap(kernel, [height, width], (down, right) => {
      const line = kernel.let(
        `${row} * ${params.strides[0]} + ${down} * ${params.dilations[0]} - ${params.padding[0][0]}`,
        'k',
      );
      const place = kernel.let(
        `${column} * ${params.strides[1]} + ${right} * ${params.dilations[1]} - ${params.padding[1][0]}`,
        'k',
      );
      kernel.block(`if (${line} >= 0 && ${line} < ${x[1]} && ${place} >= 0 && ${place} < ${x[2]})`, () => {
        const from = kernel.let(
          `((${picture} * ${x[1]} + ${line}) * ${x[2]} + ${place}) * ${x[3]} + ${group} * ${depth}`,
          'k',
        );
        const tap = kernel.let(`(${down} * ${width} + ${right}) * ${depth * filters} + ${channel}`, 'k');
        kernel.repeat(depth, (c) => {
          const value = kernel.element(image, `${from} + ${c}`);
          kernel.line(`${sum} = ${sum} + ${value} * ${kernel.element(weights, `${tap} + ${c} * ${filters}`)};`);
        });
      });
    });
    return sum;
  });
  const rows = { rows: size / filters, columns: filters };
  const result = applyEpilogue(kernel, quadOf(sums), finish.epilogue, rows, context);
  context.launch(kernel.finish(quadsOf(size), result), context.operand(finish.output));
}

export function groupedInputGradient(
  { inputs, params, op }: StepOf<'conv2dInputGradient' | 'depthwiseConv2dInputGradient'>,
  context: LoweringContext,
  finish: Finish,
): void {
  const shapes = {
    x: params.inputShape as Shape4,
    y: shape4(context, inputs[0] as ValueId),
    filter: shape4(context, inputs[1] as ValueId),
  };
  const { x, y, filter, groups } = groupedShapes(shapes, params, op === 'depthwiseConv2dInputGradient');
  const [height, width, depth, filters] = filter;
  const perGroup = filters / groups;
  const kernel = new KernelBuilder(context.dialect);
  const [gradient, weights] = inputs.map((id) => kernel.array(context.operand(id))) as [string, string];
  const size = sizeOf(x);
  const sums = elementIndices(kernel).map((index) => {
    const [picture, row, column, channel] = coordinates(kernel, index, x, size + 4) as [string, string, string, string];
    const group = quotient(kernel, channel, depth, x[3]);
    const inGroup = kernel.let(`${channel} - ${group} * ${depth}`, 'r');
    const sum = kernel.let('0', 's');
    eachTap(kernel, [height, width], (down, right) => {
      const line = windowThatSees(kernel, row, down, x[1], params, 0);
      const place = windowThatSees(kernel, column, right, x[2], params, 1);
      const [rows, columns] = [y[1], y[2]];
      kernel.block(`if (${line.condition(rows)} && ${place.condition(columns)})`, () => {
        const from = `((${picture} * ${rows} + ${line.index}) * ${columns} + ${place.index}) * ${filters} + ${group} * ${perGroup}`;
        const pixel = kernel.let(from, 'k');
        const tap = kernel.let(
          `((${down} * ${width} + ${right}) * ${depth} + ${inGroup}) * ${filters} + ${group} * ${perGroup}`,
          'k',
        );
        kernel.repeat(perGroup, (f) => {
          const value = kernel.element(gradient, `${pixel} + ${f}`);
          kernel.line(`${sum} = ${sum} + ${value} * ${kernel.element(weights, `${tap} + ${f}`)};`);
        });
      });
    });
    return sum;
  });
  const rows = { rows: size / x[3], columns: x[3] };
  const result = applyEpilogue(kernel, quadOf(sums), finish.epilogue, rows, context);
  context.launch(kernel.finish(quadsOf(size), result), context.operand(finish.output));
}

export function groupedFilterGradient(
  { inputs, params, output, op }: StepOf<'conv2dFilterGradient' | 'depthwiseConv2dFilterGradient'>,
  context: LoweringContext,
): void {
  const shapes = {
    x: shape4(context, inputs[0] as ValueId),
    y: shape4(context, inputs[1] as ValueId),
    filter: params.filterShape as Shape4,
  };
  const { x, y, filter, groups } = groupedShapes(shapes, params, op === 'depthwiseConv2dFilterGradient');
  const [, , depth, filters] = filter;
  const [batch, rows, columns] = y;
  const size = sizeOf(filter);
  const quads = quadsOf(size);
  const lines = linesPerPart(batch * rows, columns, size);
  const parts = Math.ceil((batch * rows) / lines);
  const kernel = new KernelBuilder(context.dialect);
  const [image, gradient] = inputs.map((id) => kernel.array(context.operand(id))) as [string, string];
  const [part, quad] = coordinates(kernel, 'q', [parts, quads]) as [string, string];
  const first = kernel.let(`${quad} * 4`, 'f');
  const sums = [0, 1, 2, 3].map((place) => {
    const index = kernel.let(`${first} + ${place}`, 'f');
    const [down, right, channel, f] = coordinates(kernel, index, filter, size + 4) as [string, string, string, string];
    const group = quotient(kernel, f, filters / groups, filters);
    const sum = kernel.let('0', 's');
    kernel.repeat(lines, (i) => {
      const line = kernel.let(`${part} * ${lines} + ${i}`, 'k');
      const picture = quotient(kernel, line, rows, batch * rows + lines);
      const from = `(${line} - ${picture} * ${rows}) * ${params.strides[0]} + ${down} * ${params.dilations[0]} - ${params.padding[0][0]}`;
      const row = kernel.let(from, 'k');
      kernel.block(`if (${line} < ${batch * rows} && ${row} >= 0 && ${row} < ${x[1]})`, () => {
        kernel.repeat(columns, (j) => {
          const column = kernel.let(
            `${j} * ${params.strides[1]} + ${right} * ${params.dilations[1]} - ${params.padding[1][0]}`,
            'k',
          );
          kernel.block(`if (${column} >= 0 && ${column} < ${x[2]})`, () => {
            const pixel = `((${picture} * ${x[1]} + ${row}) * ${x[2]} + ${column}) * ${x[3]} + ${group} * ${depth} + ${channel}`;
            const value = kernel.element(image, pixel);
            const dy = kernel.element(gradient, `(${line} * ${columns} + ${j}) * ${filters} + ${f}`);
            kernel.line(`${sum} = ${sum} + ${value} * ${dy};`);
          });
        });
      });
    });
    return sum;
  });
  const target = context.operand(output);
  const partial = parts === 1 ? target : context.temporary(parts * quads);
  context.launch(kernel.finish(parts * quads, quadOf(sums)), partial);
  if (parts > 1) foldParts('sum', { parts, quads, x: partial }, context, target);
}

function _shapeOf(context: LoweringContext, id: ValueId): Shape4 {
  return context.value(id).shape as Shape4;
}

function groupedShapes(
  { x, y, filter }: Pick<Grouped, 'x' | 'y' | 'filter'>,
  params: ConvParams & { readonly groups?: number },
  isDepthwise: boolean,
): Grouped {
  const [height, width, depth, filters] = filter;
  if (!isDepthwise) return { x, y, filter, groups: params.groups as number, params };
  return { x, y, filter: [height, width, 1, depth * filters], groups: depth, params };
}

function eachTap(
  kernel: KernelBuilder,
  [height, width]: readonly [number, number],
  visit: (down: string, right: string) => void,
): void {
  kernel.repeat(height, (down) => kernel.repeat(width, (right) => visit(down, right)));
}

/** Which window sees a row (or column) with its `tap`-th row, and when there is one. */
export function windowThatSees(
  kernel: KernelBuilder,
  coordinate: string,
  tap: string,
  extent: number,
  { strides, dilations, padding }: Pick<ConvParams, 'strides' | 'padding'> & Partial<Pick<ConvParams, 'dilations'>>,
  axis: 0 | 1,
): { readonly index: string; readonly condition: (windows: number) => string } {
  const before = padding[axis][0];
  const stride = strides[axis];
  const offset = `${coordinate} + ${kernel.size(before)}`;
  const start = kernel.let(`${offset} - ${tap} * ${kernel.size(dilations?.[axis] ?? 1)}`, 'k');
  if (stride === 1)
    return { index: start, condition: (windows) => `${start} >= 0 && ${start} < ${kernel.size(windows)}` };
  const index = quotient(kernel, kernel.let(`Math.max(${start}, 0)`, 'k'), stride, extent + before + stride + 1);
  return {
    index,
    condition: (windows) => `${index} * ${kernel.size(stride)} === ${start} && ${index} < ${kernel.size(windows)}`,
  };
}
