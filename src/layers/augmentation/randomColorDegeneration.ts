import { add, clip, mul, sub } from '../../tensor/index.js';
import { grayscale } from './colors.js';
import { type AugmentationRecord, colored } from './record.js';

/** Moves each picture towards its grey version by a part drawn from `factor`: 1 leaves no colour, negative parts add some. */
export const randomColorDegeneration: AugmentationRecord = {
  className: 'RandomColorDegeneration',
  required: ['factor'],
  optional: colored,
  prepare: (options) => {
    const [low, high] = options.range('factor', { min: -1, max: 1 });
    const range = options.valueRange();
    return (_, random) => {
      const part = random.uniform(['batch', 1, 1, 1], low, high);
      return {
        pictures: (x) => clip(add(x, mul(sub(grayscale('RandomColorDegeneration', x), x), part)), ...range),
      };
    };
  },
};
