import { add, clip, mean, mul, sub } from '../../tensor/index.js';
import { type AugmentationRecord, colored } from './record.js';

/**
 * Moves pixels away from the mean of their channel, or towards it: `(x - mean) * c + mean` with a `c` for each picture from
 * `[1 - factor[0], 1 + factor[1]]`. As in Keras 3.15, one number `factor` means `[0, factor]`: contrast only grows.
 */
export const randomContrast: AugmentationRecord = {
  className: 'RandomContrast',
  required: ['factor'],
  optional: colored,
  prepare: (options) => {
    const [low, high] = options.range('factor', { min: 0, max: 1 });
    const range = options.valueRange();
    return (_, random) => {
      const contrast = random.uniform(['batch', 1, 1, 1], 1 - low, 1 + high);
      return {
        pictures: (x) => {
          const middle = mean(x, { axes: [1, 2], keepDims: true });
          return clip(add(mul(sub(x, middle), contrast), middle), ...range);
        },
      };
    };
  },
};
