import { sub, where } from '../../tensor/index.js';
import { chosen } from './chosen.js';
import { type AugmentationRecord, colored } from './record.js';

/** Turns a picture into its negative, `valueRange[1] - x`, with a probability drawn from `factor`: one number means from 0 to it. */
export const randomInvert: AugmentationRecord = {
  className: 'RandomInvert',
  optional: { factor: 1, ...colored },
  prepare: (options) => {
    const probability = options.range('factor', { min: 0, max: 1 });
    const [, white] = options.valueRange();
    return (_, random) => {
      const isInverted = chosen(random, probability);
      return { pictures: (x) => where(isInverted, sub(white, x), x) };
    };
  },
};
