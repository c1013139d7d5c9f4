import { isFloating } from '../../../dtype.js';
import type { ValueId } from '../../../plan/index.js';
import { sizeOf } from '../../../shape.js';
import { coordinates } from '../source/indexing.js';
import { KernelBuilder, type Quad, quadOf, thread } from '../source/kernelBuilder.js';
import { quadsOf } from '../source/quads.js';
import { elementIndices } from '../source/walk.js';
import type { Lowering, Lowerings } from './lowering.js';
import { foldParts } from './reduce.js';

/** Indices that one thread looks through. */
const longest = 1024;

const gather: Lowering<'gather'> = ({ inputs, output, params }, context) => {
  const x = context.value(inputs[0] as ValueId).shape;
  const { shape, dtype } = context.value(output);
  const length = x[params.axis] as number;
  const count = sizeOf(context.value(inputs[1] as ValueId).shape);
  const inner = sizeOf(x.slice(params.axis + 1));
  const size = sizeOf(shape);
  if (size === 0) return;
  const outside = isFloating(dtype) ? Number.NaN : 0;
  const kernel = new KernelBuilder(context.dialect);
  const [array, places] = inputs.map((id) => kernel.array(context.operand(id))) as [string, string];
  const outer = size / (count * inner);
  let result: Quad;
  if (inner % 4 === 0) {
    const [row, place, column] = coordinates(kernel, thread, [outer, count, inner / 4]) as [string, string, string];
    const index = kernel.element(places, place);
    const numbers = [0, 1, 2, 3].map(() => kernel.let(kernel.number(outside)));
    kernel.block(`if (${index} >= 0 && ${index} < ${length})`, () => {
      const quad = kernel.quad(array, kernel.let(`(${row} * ${length} + ${index}) * ${inner / 4} + ${column}`, 'k'));
      numbers.forEach((name, i) => {
        kernel.line(`${name} = ${quad[i]};`);
      });
    });
    result = quadOf(numbers);
  } else {
    const numbers = elementIndices(kernel).map((element) => {
      const [row, place, column] = coordinates(kernel, element, [outer, count, inner], size + 4) as [
        string,
        string,
        string,
      ];
      const index = kernel.element(places, place);
      const number = kernel.let(kernel.number(outside));
      kernel.block(`if (${index} >= 0 && ${index} < ${length})`, () => {
        kernel.line(`${number} = ${kernel.element(array, `(${row} * ${length} + ${index}) * ${inner} + ${column}`)};`);
      });
      return number;
    });
    result = quadOf(numbers);
  }
  context.launch(kernel.finish(quadsOf(size), result), context.operand(output));
};

/** Each thread looks for its rows among all indices: no two threads may add to the same number. */
const scatterAdd: Lowering<'scatterAdd'> = ({ inputs, output, params }, context) => {
  const { shape } = context.value(output);
  const count = sizeOf(context.value(inputs[1] as ValueId).shape);
  const inner = sizeOf(shape.slice(params.axis + 1));
  const size = sizeOf(shape);
  if (size === 0) return;
  const outer = size / (params.size * inner);
  const quads = quadsOf(size);
  const parts = Math.max(1, Math.min(Math.ceil(count / longest), Math.floor(2 ** 22 / quads)));
  const length = Math.ceil(count / parts);
  const kernel = new KernelBuilder(context.dialect);
  const [updates, places] = inputs.map((id) => kernel.array(context.operand(id))) as [string, string];
  const [part, own] = coordinates(kernel, thread, [parts, quads]) as [string, string];
  const first = kernel.let(`${own} * 4`, 'f');
  const sums = [0, 1, 2, 3].map((place) => {
    const element = kernel.let(`${first} + ${place}`, 'f');
    const [row, target, column] = coordinates(kernel, element, [outer, params.size, inner], size + 4) as [
      string,
      string,
      string,
    ];
    const sum = kernel.let('0', 's');
    kernel.repeat(length, (i) => {
      const at = kernel.let(`${part} * ${length} + ${i}`, 'k');
      kernel.block(`if (${at} < ${count})`, () => {
        const index = kernel.element(places, at);
        kernel.block(`if (${index} === ${target})`, () => {
          const update = kernel.element(updates, `(${row} * ${count} + ${at}) * ${inner} + ${column}`);
          kernel.line(`${sum} = ${sum} + ${update};`);
        });
      });
    });
    return sum;
  });
  const partial = parts === 1 ? context.operand(output) : context.temporary(parts * quads);
  context.launch(kernel.finish(parts * quads, quadOf(sums)), partial);
  if (parts > 1) foldParts('sum', { parts, quads, x: partial }, context, context.operand(output));
};

const oneHot: Lowering<'oneHot'> = ({ inputs, output, params }, context) => {
  const size = sizeOf(context.value(output).shape);
  if (size === 0) return;
  const kernel = new KernelBuilder(context.dialect);
  const indices = kernel.array(context.operand(inputs[0] as ValueId));
  const numbers = elementIndices(kernel).map((element) => {
    const [row, column] = coordinates(kernel, element, [size / params.depth, params.depth], size + 4) as [
      string,
      string,
    ];
    return kernel.select(`${kernel.element(indices, row)} === ${column}`, '1', '0');
  });
  context.launch(kernel.finish(quadsOf(size), quadOf(numbers)), context.operand(output));
};

export const indexingLowerings = { gather, scatterAdd, oneHot } satisfies Lowerings;
