import { mul } from '../../tensor/index.js';
import { aroundMiddle, project } from './affine.js';
import { type AugmentationRecord, sampled } from './record.js';

const bounds = { min: -1, max: 1 } as const;

/**
 * Zooms each picture by `1 + factor`: negative factors enlarge what is seen, positive ones shrink it. Without a
 * `widthFactor` shapes stay as they are.
 */
export const randomZoom: AugmentationRecord = {
  className: 'RandomZoom',
  required: ['heightFactor'],
  optional: { widthFactor: null, ...sampled },
  prepare: (options) => {
    const height = options.range('heightFactor', bounds);
    const width = options.has('widthFactor') ? options.range('widthFactor', bounds) : null;
    const sampling = options.sampling();
    return (shape, random) => {
      const rows = random.uniform(['batch'], 1 + height[0], 1 + height[1]);
      const columns = width === null ? rows : random.uniform(['batch'], 1 + width[0], 1 + width[1]);
      const none = mul(rows, 0);
      const projection = aroundMiddle(shape, [columns, none], [none, rows]);
      return { pictures: (x) => project(x, projection, sampling) };
    };
  },
};
