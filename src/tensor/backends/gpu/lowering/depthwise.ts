import { sizeOf } from '../../../shape.js';
import { quotient } from '../source/indexing.js';
import { KernelBuilder } from '../source/kernelBuilder.js';
import { forPixels } from '../source/pixels.js';
import { quadsOf } from '../source/quads.js';
import { applyEpilogue } from './epilogue.js';
import { groupedConvolution, groupedFilterGradient, groupedInputGradient, windowThatSees } from './grouped.js';
import { type Lowering, type Lowerings, type Shape4, shape4 } from './lowering.js';
import { linesPerPart } from './parts.js';
import { foldParts } from './reduce.js';

const depthwiseConv2d: Lowering<'depthwiseConv2d'> = (step, context, finish) => {
  const { inputs, params } = step;
  const [x, filter] = inputs.map((id) => shape4(context, id)) as [Shape4, Shape4];
  if (filter[3] !== 1) {
    groupedConvolution(step, context, finish);
    return;
  }
  const y = shape4(context, step.output);
  const kernel = new KernelBuilder(context.dialect, 'argument');
  const [image, weights] = inputs.map((id) => kernel.array(context.operand(id))) as [string, string];
  const [height, width] = [kernel.size(x[1]), kernel.size(x[2])];
  const [downward, across] = params.dilations.map((dilation) => kernel.size(dilation));
  const sums = forPixels(kernel, y, ({ image: picture, row, column, read }) => {
    const sum = [0, 1, 2, 3].slice(0, y[3] % 4 === 0 ? 4 : 1).map(() => kernel.let('0', 's'));
    const corner = (at: string, axis: 0 | 1): string =>
      kernel.let(`${at} * ${kernel.size(params.strides[axis])} - ${kernel.size(params.padding[axis][0])}`, 'k');
    const [top, left] = [corner(row, 0), corner(column, 1)];
    kernel.repeat(filter[0], (down) => {
      const line = kernel.let(`${top} + ${down} * ${downward}`, 'k');
      kernel.block(`if (${line} >= 0 && ${line} < ${height})`, () => {
        kernel.unroll(filter[1], (right) => {
          const place = kernel.let(`${left} + ${right} * ${across}`, 'k');
          kernel.block(`if (${place} >= 0 && ${place} < ${width})`, () => {
            const values = read(image, `(${picture} * ${height} + ${line}) * ${width} + ${place}`);
            addProducts(kernel, sum, values, read(weights, `${down} * ${filter[1]} + ${right}`));
          });
        });
      });
    });
    return sum;
  });
  const rows = { rows: sizeOf(y) / y[3], columns: y[3] };
  const result = applyEpilogue(kernel, sums, finish.epilogue, rows, context);
  context.launch(kernel.finish(quadsOf(sizeOf(y)), result), context.operand(finish.output));
};

const depthwiseConv2dInputGradient: Lowering<'depthwiseConv2dInputGradient'> = (step, context, finish) => {
  const { inputs, params } = step;
  const [dy, filter] = inputs.map((id) => shape4(context, id)) as [Shape4, Shape4];
  if (filter[3] !== 1) {
    groupedInputGradient(step, context, finish);
    return;
  }
  const x = params.inputShape as Shape4;
  const kernel = new KernelBuilder(context.dialect, 'argument');
  const [gradient, weights] = inputs.map((id) => kernel.array(context.operand(id))) as [string, string];
  const [height, width] = [kernel.size(dy[1]), kernel.size(dy[2])];
  const sums = forPixels(kernel, x, ({ image: picture, row, column, read }) => {
    const sum = [0, 1, 2, 3].slice(0, x[3] % 4 === 0 ? 4 : 1).map(() => kernel.let('0', 's'));
    kernel.repeat(filter[0], (down) => {
      const line = windowThatSees(kernel, row, down, x[1], params, 0);
      kernel.block(`if (${line.condition(dy[1])})`, () => {
        kernel.unroll(filter[1], (right) => {
          const place = windowThatSees(kernel, column, right, x[2], params, 1);
          kernel.block(`if (${place.condition(dy[2])})`, () => {
            const values = read(gradient, `(${picture} * ${height} + ${line.index}) * ${width} + ${place.index}`);
            addProducts(kernel, sum, values, read(weights, `${down} * ${filter[1]} + ${right}`));
          });
        });
      });
    });
    return sum;
  });
  const rows = { rows: sizeOf(x) / x[3], columns: x[3] };
  const result = applyEpilogue(kernel, sums, finish.epilogue, rows, context);
  context.launch(kernel.finish(quadsOf(sizeOf(x)), result), context.operand(finish.output));
};

const depthwiseConv2dFilterGradient: Lowering<'depthwiseConv2dFilterGradient'> = (step, context) => {
  const { inputs, params } = step;
  const [x, dy] = inputs.map((id) => shape4(context, id)) as [Shape4, Shape4];
  const filter = params.filterShape as Shape4;
  if (filter[3] !== 1) {
    groupedFilterGradient(step, context);
    return;
  }
  const [batch, rows, columns] = dy;
  const [height, width, channels] = filter;
  const size = sizeOf(filter);
  const lines = linesPerPart(batch * rows, columns, size);
  const parts = Math.ceil((batch * rows) / lines);
  // Parts stand one behind the other, each from a quad on.
  const isAligned = size % 4 === 0 || parts === 1;
  if (!isAligned) {
    groupedFilterGradient(step, context);
    return;
  }
  const kernel = new KernelBuilder(context.dialect);
  const [image, gradient] = inputs.map((id) => kernel.array(context.operand(id))) as [string, string];
  const sums = forPixels(
    kernel,
    [parts, height, width, channels],
    ({ image: part, row: down, column: right, read }) => {
      const sum = [0, 1, 2, 3].slice(0, channels % 4 === 0 ? 4 : 1).map(() => kernel.let('0', 's'));
      const left = kernel.let(`${right} * ${params.dilations[1]} - ${params.padding[1][0]}`, 'k');
      kernel.repeat(lines, (i) => {
        const line = kernel.let(`${part} * ${lines} + ${i}`, 'k');
        const picture = quotient(kernel, line, rows, batch * rows + lines);
        const from = `(${line} - ${picture} * ${rows}) * ${params.strides[0]} + ${down} * ${params.dilations[0]} - ${params.padding[0][0]}`;
        const row = kernel.let(from, 'k');
        kernel.block(`if (${line} < ${batch * rows} && ${row} >= 0 && ${row} < ${x[1]})`, () => {
          kernel.repeat(columns, (j) => {
            const column = kernel.let(`${left} + ${j} * ${params.strides[1]}`, 'k');
            kernel.block(`if (${column} >= 0 && ${column} < ${x[2]})`, () => {
              const values = read(image, `(${picture} * ${x[1]} + ${row}) * ${x[2]} + ${column}`);
              addProducts(kernel, sum, values, read(gradient, `${line} * ${columns} + ${j}`));
            });
          });
        });
      });
      return sum;
    },
  );
  const target = context.operand(step.output);
  const partial = parts === 1 ? target : context.temporary(parts * quadsOf(size));
  context.launch(kernel.finish(parts * quadsOf(size), sums), partial);
  if (parts > 1) foldParts('sum', { parts, quads: quadsOf(size), x: partial }, context, target);
};

export const depthwiseLowerings = {
  depthwiseConv2d,
  depthwiseConv2dInputGradient,
  depthwiseConv2dFilterGradient,
} satisfies Lowerings;

function addProducts(
  kernel: KernelBuilder,
  sums: readonly string[],
  values: readonly string[],
  factors: readonly string[],
): void {
  sums.forEach((sum, i) => {
    kernel.line(`${sum} = ${sum} + ${values[i]} * ${factors[i]};`);
  });
}
