import { stridesOf } from '../../../shape.js';
import type { Block, Kernel } from '../block.js';
import { broadcastStrides, forEachRun } from './strides.js';

export const where: Kernel<'where'> = (output, inputs) => {
  const { data: y, shape } = output;
  const [condition, { data: a }, { data: b }] = inputs as readonly [Block, Block, Block];
  const chosen = condition.data;
  const strides = [stridesOf(shape), ...inputs.map((input) => broadcastStrides(input.shape, shape))];
  forEachRun(shape, strides, (length, offsets, steps) => {
    const [start, ...starts] = offsets as readonly [number, number, number, number];
    const [, cStep, pStep, qStep] = steps as readonly [number, number, number, number];
    let [c, p, q] = starts;
    for (let i = start; i < start + length; i++, c += cStep, p += pStep, q += qStep) {
      y[i] = chosen[c] !== 0 ? (a[p] as number) : (b[q] as number);
    }
  });
};
