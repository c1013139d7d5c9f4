import { Cropping1D, type Cropping1DConfig, Cropping2D, Cropping3D, type CroppingConfig } from './cropping.js';
import { Flatten, type FlattenConfig } from './flatten.js';
import { Permute, type PermuteConfig } from './permute.js';
import { RepeatVector, type RepeatVectorConfig } from './repeatVector.js';
import { Reshape, type ReshapeConfig } from './reshape.js';
import { UpSampling1D, type UpSampling1DConfig } from './upSampling1d.js';
import { UpSampling2D, type UpSampling2DConfig } from './upSampling2d.js';
import { UpSampling3D, type UpSampling3DConfig } from './upSampling3d.js';
import { ZeroPadding1D, ZeroPadding2D, ZeroPadding3D, type ZeroPaddingConfig } from './zeroPadding.js';

/** Zeros around pictures. */
export function zeroPadding2d(config: ZeroPaddingConfig = {}): ZeroPadding2D {
  return new ZeroPadding2D(config);
}

/** Pictures without their edges. */
export function cropping2d(config: CroppingConfig = {}): Cropping2D {
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

/** Zeros before and after sequences. */
export function zeroPadding1d(config: ZeroPaddingConfig = {}): ZeroPadding1D {
  return new ZeroPadding1D(config);
}

/** Zeros around volumes. */
export function zeroPadding3d(config: ZeroPaddingConfig = {}): ZeroPadding3D {
  return new ZeroPadding3D(config);
}

/** Sequences without their ends. */
export function cropping1d(config: Cropping1DConfig = {}): Cropping1D {
  return new Cropping1D(config);
}

/** Volumes without their edges. */
export function cropping3d(config: CroppingConfig = {}): Cropping3D {
  return new Cropping3D(config);
}

/** Longer sequences. */
export function upSampling1d(config: UpSampling1DConfig = {}): UpSampling1D {
  return new UpSampling1D(config);
}

/** Larger volumes. */
export function upSampling3d(config: UpSampling3DConfig = {}): UpSampling3D {
  return new UpSampling3D(config);
}

/** The same features at every step of a sequence. */
export function repeatVector(config: RepeatVectorConfig): RepeatVector {
  return new RepeatVector(config);
}
