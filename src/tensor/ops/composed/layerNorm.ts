import { checkAxes } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { type BatchNormParams, batchNorm } from './batchNorm.js';
import { mean } from './mean.js';
import { variance } from './variance.js';

/** Options of `layerNorm`. */
export interface LayerNormOptions extends Pick<BatchNormParams, 'gamma' | 'beta' | 'epsilon'> {
  /** Axes to normalise over. @defaultValue `-1` */
  readonly axes?: number | readonly number[];
}

/** Each sample brought to mean 0 and variance 1 over `axes`, then scaled and shifted (Ba et al., 2016). @throws {AxisError} */
export function layerNorm(x: Tensor, options: LayerNormOptions = {}): Tensor {
  const { axes = -1, ...affine } = options;
  const along = { axes: checkAxes('layerNorm', axes, x.rank), keepDims: true };
  return batchNorm(x, { ...affine, mean: mean(x, along), variance: variance(x, along) });
}
