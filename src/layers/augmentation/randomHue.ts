import { add, clip, greater, less, mul, neg, sub, where } from '../../tensor/index.js';
import { fromHsv, toHsv } from './colors.js';
import { type AugmentationRecord, colored } from './record.js';
import { rescale } from './valueRange.js';

const unit = [0, 1] as const;

/** Turns the hues of each coloured picture by `factor / 2` of the circle of colours, either way. */
export const randomHue: AugmentationRecord = {
  className: 'RandomHue',
  required: ['factor'],
  optional: colored,
  prepare: (options) => {
    const [low, high] = options.range('factor', { min: 0, max: 1 });
    const range = options.valueRange();
    return (_, random) => {
      const invert = random.uniform(['batch', 1, 1]);
      const size = mul(random.uniform(['batch', 1, 1], low, high), 0.5);
      const turned = where(greater(invert, 0.5), neg(size), size);
      return {
        pictures: (x) => {
          const [hue, saturation, value] = toHsv('RandomHue', rescale(x, range, unit));
          const moved = add(hue, turned);
          const above = where(greater(moved, 1), sub(moved, 1), moved);
          const within = where(less(above, 0), add(above, 1), above);
          return rescale(clip(fromHsv(within, saturation, value), 0, 1), unit, range);
        },
      };
    };
  },
};
