import { cast, clip, div, gather, mul, sub, type Tensor, tensor } from '../../tensor/index.js';
import { type AugmentationRecord, colored } from './record.js';
import { bytes, rescale } from './valueRange.js';

const bits = { min: 1, max: 8 } as const;

/** What 0, 1, … 8 bits more are worth. */
const powers = Float64Array.from({ length: 9 }, (_, i) => 2 ** i);

/**
 * Leaves the highest bits of each byte, as many as are drawn from `[factor[0], factor[1])`, or exactly `factor[0]` where both
 * are equal. One number means from 1 to it.
 */
export const randomPosterization: AugmentationRecord = {
  className: 'RandomPosterization',
  required: ['factor'],
  optional: colored,
  prepare: (options) => {
    const [low, high] = options.range('factor', bits).map(Math.trunc) as [number, number];
    const range = options.valueRange();
    return (_, random) => {
      const kept = low === high ? null : random.integers(['batch', 1, 1, 1], low, high);
      const stepOf = ({ dtype }: Tensor): Tensor | number =>
        kept === null ? 2 ** (8 - low) : gather(tensor(powers, { dtype }), sub(8, kept));
      return {
        pictures: (x) => {
          const whole = (t: Tensor): Tensor => cast(cast(t, 'int32'), x.dtype);
          const pixels = whole(clip(rescale(x, range, bytes), 0, 255));
          const step = stepOf(x);
          return rescale(mul(whole(div(pixels, step)), step), bytes, range);
        },
      };
    };
  },
};
