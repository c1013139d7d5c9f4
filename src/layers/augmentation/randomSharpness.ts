import { add, clip, depthwiseConv2d, mul, sub, type Tensor, tensor } from '../../tensor/index.js';
import { type AugmentationRecord, colored } from './record.js';

// The middle counts five times as much as each of its neighbours.
const weights = Array.from({ length: 9 }, (_, i) => (i === 4 ? 5 : 1) / 13);

/** Sharpens or softens each picture: a factor of 1/2 changes nothing, 0 smooths, 1 takes away as much as smoothing would add. */
export const randomSharpness: AugmentationRecord = {
  className: 'RandomSharpness',
  required: ['factor'],
  optional: colored,
  prepare: (options) => {
    const [low, high] = options.range('factor', { min: 0, max: 1 });
    const range = options.valueRange();
    return (_, random) => {
      const sharpness = mul(random.uniform(['batch', 1, 1, 1], low, high), 2);
      return {
        pictures: (x) => clip(add(x, mul(sub(smooth(x), x), sub(1, sharpness))), ...range),
      };
    };
  },
};

function smooth(x: Tensor): Tensor {
  const channels = x.shape[3] as number;
  const kernel = tensor(Float64Array.from(weights.flatMap((weight) => new Array<number>(channels).fill(weight))), {
    shape: [3, 3, channels, 1],
    dtype: x.dtype,
  });
  return depthwiseConv2d(x, kernel, { padding: 'same' });
}
