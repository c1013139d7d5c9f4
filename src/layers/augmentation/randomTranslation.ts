import { project } from './affine.js';
import { translation } from './projections.js';
import { type AugmentationRecord, sampled } from './record.js';

const bounds = { min: -1, max: 1 } as const;

/** Shifts each picture down by `heightFactor` of its height and to the right by `widthFactor` of its width. */
export const randomTranslation: AugmentationRecord = {
  className: 'RandomTranslation',
  required: ['heightFactor', 'widthFactor'],
  optional: sampled,
  prepare: (options) => {
    const height = options.range('heightFactor', bounds);
    const width = options.range('widthFactor', bounds);
    const sampling = options.sampling();
    return (shape, random) => {
      const projection = translation(shape, random, height, width);
      return { pictures: (x) => project(x, projection, sampling) };
    };
  },
};
