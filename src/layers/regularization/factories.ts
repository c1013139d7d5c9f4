import { ActivityRegularization, type ActivityRegularizationConfig } from './activityRegularization.js';
import { AlphaDropout, type AlphaDropoutConfig } from './alphaDropout.js';
import { Dropout, type DropoutConfig } from './dropout.js';
import { GaussianDropout, type GaussianDropoutConfig } from './gaussianDropout.js';
import { GaussianNoise, type GaussianNoiseConfig } from './gaussianNoise.js';
import {
  SpatialDropout1D,
  type SpatialDropout1DConfig,
  SpatialDropout2D,
  SpatialDropout3D,
  type SpatialDropoutConfig,
} from './spatialDropout.js';
import { StochasticDepth, type StochasticDepthConfig } from './stochasticDepth.js';

/** Puts a price on what it passes on. */
export function activityRegularization(config: ActivityRegularizationConfig = {}): ActivityRegularization {
  return new ActivityRegularization(config);
}

/** Drops a random part of its input in training. */
export function dropout(config: DropoutConfig): Dropout {
  return new Dropout(config);
}

/** Drops whole channels in training. */
export function spatialDropout2d(config: SpatialDropoutConfig): SpatialDropout2D {
  return new SpatialDropout2D(config);
}

/** Adds normal noise in training. */
export function gaussianNoise(config: GaussianNoiseConfig): GaussianNoise {
  return new GaussianNoise(config);
}

/** Multiplies with normal noise in training. */
export function gaussianDropout(config: GaussianDropoutConfig): GaussianDropout {
  return new GaussianDropout(config);
}

/** Drops a random part of its input to where selu saturates, in training. */
export function alphaDropout(config: AlphaDropoutConfig): AlphaDropout {
  return new AlphaDropout(config);
}

/** Drops whole channels of sequences in training. */
export function spatialDropout1d(config: SpatialDropout1DConfig): SpatialDropout1D {
  return new SpatialDropout1D(config);
}

/** Drops whole channels of volumes in training. */
export function spatialDropout3d(config: SpatialDropoutConfig): SpatialDropout3D {
  return new SpatialDropout3D(config);
}

/** Drops whole samples of a path in training. */
export function stochasticDepth(config: StochasticDepthConfig): StochasticDepth {
  return new StochasticDepth(config);
}
