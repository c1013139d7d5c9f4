import { ActivityRegularization, type ActivityRegularizationConfig } from './activityRegularization.js';
import { Dropout, type DropoutConfig } from './dropout.js';
import { GaussianDropout, type GaussianDropoutConfig } from './gaussianDropout.js';
import { GaussianNoise, type GaussianNoiseConfig } from './gaussianNoise.js';
import { SpatialDropout2D, type SpatialDropout2DConfig } from './spatialDropout2d.js';

/** Puts a price on what it passes on. */
export function activityRegularization(config: ActivityRegularizationConfig = {}): ActivityRegularization {
  return new ActivityRegularization(config);
}

/** Drops a random part of its input in training. */
export function dropout(config: DropoutConfig): Dropout {
  return new Dropout(config);
}

/** Drops whole channels in training. */
export function spatialDropout2d(config: SpatialDropout2DConfig): SpatialDropout2D {
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
