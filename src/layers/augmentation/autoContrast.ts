import { clip, div, greater, max, min, mul, sub, where } from '../../tensor/index.js';
import { type AugmentationRecord, seeded } from './record.js';
import { bytes, rescale } from './valueRange.js';

/** Spreads each channel of each picture over the whole value range. Nothing is random: as in Keras, also in inference. */
export const autoContrast: AugmentationRecord = {
  className: 'AutoContrast',
  optional: { valueRange: [0, 255], dataFormat: seeded.dataFormat },
  isRandom: false,
  always: true,
  prepare: (options) => {
    const range = options.valueRange();
    return () => ({
      pictures: (x) => {
        const pixels = rescale(x, range, bytes);
        const low = min(pixels, { axes: [1, 2], keepDims: true });
        const span = sub(max(pixels, { axes: [1, 2], keepDims: true }), low);
        const isFlat = greater(1e-30, span);
        const spread = mul(sub(pixels, low), div(255, where(isFlat, 1, span)));
        return where(isFlat, x, rescale(clip(spread, 0, 255), bytes, range));
      },
    });
  },
};
