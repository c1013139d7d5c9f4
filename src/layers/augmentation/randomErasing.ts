import { clip, invalidOption, mul, reshape, slice, sqrt, type Tensor, tensor, where } from '../../tensor/index.js';
import { randomBoxes } from './box.js';
import { chosen } from './chosen.js';
import type { AugmentationOptions } from './options.js';
import { type AugmentationRecord, colored } from './record.js';

/**
 * Covers a box of a picture, with a probability drawn from `factor`, by `fillValue`: a number, one for each of three channels,
 * or noise by default. The box has the square root of a part drawn from `scale` of the width, and of another of the height.
 */
export const randomErasing: AugmentationRecord = {
  className: 'RandomErasing',
  optional: { factor: 1, scale: [0.02, 0.33], fillValue: null, ...colored },
  prepare: (options) => {
    const probability = options.range('factor', { min: 0, max: 1 });
    const scale = options.range('scale', { min: 0, max: 1 });
    const range = options.valueRange();
    const cover = options.has('fillValue') ? fillValue(options) : null;
    return (shape, random) => {
      const [batch] = shape;
      const parts = sqrt(random.uniform(['batch', 2], ...scale));
      const part = (i: number): Tensor => reshape(slice(parts, [0, i], [-1, 1]), [batch]);
      const { inside } = randomBoxes(shape, random, part(0), part(1));
      const isErased = chosen(random, probability);
      const noise = cover === null ? mul(random.normal(['batch', ...shape.slice(1)]), range[1]) : null;
      return {
        pictures: (x) => {
          const over = clip(noise ?? tensor(cover ?? [0], { dtype: x.dtype }), ...range);
          return where(isErased, where(inside, over, x), x);
        },
      };
    };
  },
};

/** The colour, one number or three. @throws {ArgumentError} */
function fillValue(options: AugmentationOptions): readonly number[] {
  const numbers = options.numbers('fillValue');
  if (numbers.length === 1 || numbers.length === 3) return numbers;
  throw invalidOption('RandomErasing', 'fillValue', 'a number or three of them', numbers);
}
