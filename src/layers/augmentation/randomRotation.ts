import { project } from './affine.js';
import { rotation } from './projections.js';
import { type AugmentationRecord, sampled } from './record.js';

/** Turns each picture about its middle by up to `factor` full turns, `[-factor, factor]`; positive is anticlockwise. */
export const randomRotation: AugmentationRecord = {
  className: 'RandomRotation',
  required: ['factor'],
  optional: sampled,
  prepare: (options) => {
    const factor = options.range('factor', { min: -1, max: 1 });
    const sampling = options.sampling();
    return (shape, random) => {
      const projection = rotation(shape, random, factor);
      return { pictures: (x) => project(x, projection, sampling) };
    };
  },
};
