import { add, clip, invalidOption, reshape, slice, type Tensor, where } from '../../tensor/index.js';
import { chosen } from './chosen.js';
import { gaussianBlur } from './gaussianBlur.js';
import { type AugmentationRecord, colored } from './record.js';

/**
 * Blurs a picture with a probability drawn from `factor`. The deviations in pixels along either axis are drawn from `sigma`
 * for the whole batch: one number means from 0 to it. `kernelSize` says how many pixels count.
 */
export const randomGaussianBlur: AugmentationRecord = {
  className: 'RandomGaussianBlur',
  optional: { factor: 1, kernelSize: 3, sigma: 1, ...colored },
  prepare: (options) => {
    const probability = options.range('factor', { min: 0, max: 1 });
    const sigma = options.range('sigma', { min: 0, max: 1 });
    const range = options.valueRange();
    const sizes = options.numbers('kernelSize', { min: 1, integer: true });
    const [columns = 1, rows = columns] = sizes;
    if (sizes.length > 2 || columns % 2 === 0 || rows % 2 === 0) {
      throw invalidOption('RandomGaussianBlur', 'kernelSize', 'an odd number or two of them', sizes);
    }
    return (_, random) => {
      const isBlurred = chosen(random, probability);
      const deviations = add(random.uniform([2], ...sigma), 1e-6);
      const deviation = (i: number): Tensor => reshape(slice(deviations, [i], [1]), []);
      const blur = { size: [columns, rows], sigma: [deviation(0), deviation(1)] } as const;
      return { pictures: (x) => clip(where(isBlurred, gaussianBlur(x, blur), x), ...range) };
    };
  },
};
