import { project } from './affine.js';
import { shear } from './projections.js';
import { type AugmentationRecord, sampled } from './record.js';

// Keras writes down -factor and factor for a factor, though it takes none below 0.
const bounds = { min: -1, max: 1 } as const;

/** Slants each picture: rows move by `xFactor` times their number, columns by `yFactor` times theirs, either way. */
export const randomShear: AugmentationRecord = {
  className: 'RandomShear',
  optional: { xFactor: 0, yFactor: 0, ...sampled },
  prepare: (options) => {
    const [x, y] = [options.range('xFactor', bounds), options.range('yFactor', bounds)];
    const sampling = options.sampling();
    return (_, random) => {
      const projection = shear(random, x, y);
      return { pictures: (pictures) => project(pictures, projection, sampling) };
    };
  },
};
