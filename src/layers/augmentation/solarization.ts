import { add, clip, less, sub, where } from '../../tensor/index.js';
import { type AugmentationRecord, colored } from './record.js';
import { bytes, rescale } from './valueRange.js';

const share = { min: 0, max: 1 } as const;

/**
 * Adds to each picture and inverts what is then not below a threshold. Both are drawn from `[factor[0], 255 * factor[1])` for
 * bytes, where one number means from 0 to it.
 */
export const solarization: AugmentationRecord = {
  className: 'Solarization',
  optional: { additionFactor: 0, thresholdFactor: 0, ...colored },
  prepare: (options) => {
    const additions = options.range('additionFactor', share);
    const thresholds = options.range('thresholdFactor', share);
    const range = options.valueRange();
    return (_, random) => {
      const addition = random.uniform(['batch', 1, 1, 1], additions[0], additions[1] * 255);
      const threshold = random.uniform(['batch', 1, 1, 1], thresholds[0], thresholds[1] * 255);
      return {
        pictures: (x) => {
          const lighter = clip(add(rescale(x, range, bytes), addition), 0, 255);
          return rescale(where(less(lighter, threshold), lighter, sub(255, lighter)), bytes, range);
        },
      };
    };
  },
};
