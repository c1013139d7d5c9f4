import { add, clip } from '../../tensor/index.js';
import { type AugmentationRecord, colored } from './record.js';

/** Lightens or darkens each picture: adds a part of the value range drawn from `[-factor, factor]`, within the range. */
export const randomBrightness: AugmentationRecord = {
  className: 'RandomBrightness',
  required: ['factor'],
  optional: colored,
  prepare: (options) => {
    const [low, high] = options.range('factor', { min: -1, max: 1 });
    const range = options.valueRange();
    const span = range[1] - range[0];
    return (_, random) => {
      const shift = random.uniform(['batch', 1, 1, 1], low * span, high * span);
      return { pictures: (x) => clip(add(x, shift), ...range) };
    };
  },
};
