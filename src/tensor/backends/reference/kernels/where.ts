import { stridesOf } from '../../../shape.js';
import { broadcastStrides } from '../../../strides.js';
import type { Block, Kernel } from '../block.js';
import { forEachRun } from './forEachRun.js';

export const where: Kernel<'where'> = (output, inputs) => {
  const { data: y, shape } = output;
  const [condition, { data: a }, { data: b }] = inputs as readonly [Block, Block, Block];
  const chosen = condition.data;
  const strides = [stridesOf(shape), ...inputs.map((input) => broadcastStrides(input.shape, shape))];
  forEachRun(shape, strides, (length, offsets, steps) => {
    const start = offsets[0] as number;
    const cStep = steps[1] as number;
    const pStep = steps[2] as number;
    const qStep = steps[3] as number;
    let c = offsets[1] as number;
    let p = offsets[2] as number;
    let q = offsets[3] as number;
    for (let i = start; i < start + length; i++, c += cStep, p += pStep, q += qStep) {
      y[i] = chosen[c] !== 0 ? (a[p] as number) : (b[q] as number);
    }
  });
};
