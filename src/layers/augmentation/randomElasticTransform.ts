import { add, cast, clip, depthwiseConv2d, maximum, mul, reshape, type Tensor, where } from '../../tensor/index.js';
import { places } from './affine.js';
import { chosen } from './chosen.js';
import { gaussianTaps } from './gaussianBlur.js';
import { mapCoordinates, mapFillModes } from './mapCoordinates.js';
import { type AugmentationRecord, colored, sampled } from './record.js';
import { sampleInterpolations } from './sample.js';

/** Least deviation in pixels: of none, the Gaussian would be no number. */
const leastSigma = 1e-6;

/**
 * Warps a picture like rubber, with a probability drawn from `factor`. Pixels move by blurred noise: with a strength `s` drawn
 * from `scale` for the whole batch, noise of deviation `sigma = 0.05 s min(height, width)` is blurred by a Gaussian of the same
 * deviation, up to three times its whole pixels away, and multiplied by `0.1 s max(height, width)`. As in Keras, which draws
 * both directions from one seed, pixels move as far down as to the right.
 */
export const randomElasticTransform: AugmentationRecord = {
  className: 'RandomElasticTransform',
  optional: { factor: 1, scale: 1, ...colored, ...sampled },
  prepare: (options) => {
    const probability = options.range('factor', { min: 0, max: 1 });
    const scale = options.range('scale', { min: 0, max: 1 });
    const range = options.valueRange();
    const sampling = {
      interpolation: options.choice('interpolation', sampleInterpolations),
      fillMode: options.choice('fillMode', mapFillModes),
      fillValue: options.number('fillValue'),
    };
    return (shape, random) => {
      if (scale[1] === 0 || probability[1] === 0) return { pictures: (x) => x };
      const [, height, width] = shape;
      const isWarped = chosen(random, probability);
      const strength = random.uniform([], ...scale);
      const sigma = maximum(mul(strength, 0.05 * Math.min(height, width)), leastSigma);
      const largest = scale[1] * 0.05 * Math.min(height, width);
      const noise = mul(random.normal(['batch', height, width, 1]), sigma);
      const shift = mul(blur(noise, sigma, largest), mul(strength, 0.1 * Math.max(height, width)));
      const moves = reshape(shift, shift.shape.slice(0, 3));
      const column = add(moves, places(width, [1, 1, width], shift.dtype as 'float32'));
      const row = add(moves, places(height, [1, height, 1], shift.dtype as 'float32'));
      return { pictures: (x) => clip(where(isWarped, mapCoordinates(x, column, row, sampling), x), ...range) };
    };
  },
};

/** Along one axis after the other, which is as much as both at once and costs less. */
function blur(x: Tensor, sigma: Tensor, largest: number): Tensor {
  const reach = mul(cast(cast(sigma, 'int32'), sigma.dtype as 'float32'), 3);
  // A deviation of all but a whole pixel may be rounded to it.
  const size = 6 * Math.trunc(largest + 1e-4) + 1;
  if (size === 1) return x;
  const taps = gaussianTaps(size, sigma, reach);
  const along = (y: Tensor, rows: number, columns: number): Tensor =>
    depthwiseConv2d(y, reshape(taps, [rows, columns, 1, 1]), { padding: 'same' });
  return along(along(x, size, 1), 1, size);
}
