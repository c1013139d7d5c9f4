import { less, where } from '../../tensor/index.js';
import { grayscale } from './colors.js';
import { type AugmentationRecord, seeded } from './record.js';

/** Takes all colour from a picture with probability `factor`. */
export const randomGrayscale: AugmentationRecord = {
  className: 'RandomGrayscale',
  optional: { factor: 0.5, ...seeded },
  prepare: (options) => {
    const probability = options.number('factor', { min: 0, max: 1 });
    return (_, random) => {
      const isGray = less(random.uniform(['batch', 1, 1, 1]), probability);
      return { pictures: (x) => where(isGray, grayscale('RandomGrayscale', x), x) };
    };
  },
};
