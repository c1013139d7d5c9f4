import { Cropping2D, type Cropping2DConfig } from './cropping2d.js';
import { Flatten, type FlattenConfig } from './flatten.js';
import { Permute, type PermuteConfig } from './permute.js';
import { Reshape, type ReshapeConfig } from './reshape.js';
import { UpSampling2D, type UpSampling2DConfig } from './upSampling2d.js';
import { ZeroPadding2D, type ZeroPadding2DConfig } from './zeroPadding2d.js';

/** Zeros around pictures. */
export function zeroPadding2d(config: ZeroPadding2DConfig = {}): ZeroPadding2D {
  return new ZeroPadding2D(config);
}

/** Pictures without their edges. */
export function cropping2d(config: Cropping2DConfig = {}): Cropping2D {
  return new Cropping2D(config);
}

/** Larger pictures. */
export function upSampling2d(config: UpSampling2DConfig = {}): UpSampling2D {
  return new UpSampling2D(config);
}

/** Each sample as one list of numbers. */
export function flatten(config: FlattenConfig = {}): Flatten {
  return new Flatten(config);
}

/** Each sample under another shape. */
export function reshape(config: ReshapeConfig): Reshape {
  return new Reshape(config);
}

/** Axes in another order. */
export function permute(config: PermuteConfig): Permute {
  return new Permute(config);
}
