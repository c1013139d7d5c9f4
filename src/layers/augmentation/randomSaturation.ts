import { add, clip, div, mul, sub } from '../../tensor/index.js';
import { fromHsv, toHsv } from './colors.js';
import { type AugmentationRecord, colored } from './record.js';

/** Keras's epsilon, in place of nothing to divide by. */
const epsilon = 1e-7;

/**
 * Multiplies the saturation of each coloured picture by `f / (1 - f)` for an `f` from `factor`: 1/2 changes nothing, 0 takes
 * all colour. As in Keras, saturation is held within the value range, which is that of the pixels.
 */
export const randomSaturation: AugmentationRecord = {
  className: 'RandomSaturation',
  required: ['factor'],
  optional: colored,
  prepare: (options) => {
    const [low, high] = options.range('factor', { min: -1, max: 1 });
    const range = options.valueRange();
    return (_, random) => {
      const factor = random.uniform(['batch', 1, 1], low, high);
      const scale = div(factor, add(sub(1, factor), epsilon));
      return {
        pictures: (x) => {
          const [hue, saturation, value] = toHsv('RandomSaturation', x);
          return fromHsv(hue, clip(mul(saturation, scale), ...range), value);
        },
      };
    };
  },
};
