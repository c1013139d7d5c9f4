import {
  AdaptiveAveragePooling1D,
  AdaptiveAveragePooling2D,
  AdaptiveAveragePooling3D,
} from './adaptiveAveragePooling.js';
import { AdaptiveMaxPooling1D, AdaptiveMaxPooling2D, AdaptiveMaxPooling3D } from './adaptiveMaxPooling.js';
import type { AdaptivePoolingConfig } from './adaptivePooling.js';
import { AveragePooling1D, AveragePooling2D, AveragePooling3D } from './averagePooling.js';
import { GlobalAveragePooling1D, GlobalAveragePooling2D, GlobalAveragePooling3D } from './globalAveragePooling.js';
import { GlobalMaxPooling1D, GlobalMaxPooling2D, GlobalMaxPooling3D } from './globalMaxPooling.js';
import type { GlobalPoolingConfig } from './globalPooling.js';
import { MaxPooling1D, MaxPooling2D, MaxPooling3D } from './maxPooling.js';
import type { PoolingConfig } from './pooling.js';

/** Largest element of each window of sequences. */
export function maxPooling1d(config: PoolingConfig = {}): MaxPooling1D {
  return new MaxPooling1D(config);
}

/** Largest element of each window of pictures. */
export function maxPooling2d(config: PoolingConfig = {}): MaxPooling2D {
  return new MaxPooling2D(config);
}

/** Largest element of each window of volumes. */
export function maxPooling3d(config: PoolingConfig = {}): MaxPooling3D {
  return new MaxPooling3D(config);
}

/** Mean of each window of sequences. */
export function averagePooling1d(config: PoolingConfig = {}): AveragePooling1D {
  return new AveragePooling1D(config);
}

/** Mean of each window of pictures. */
export function averagePooling2d(config: PoolingConfig = {}): AveragePooling2D {
  return new AveragePooling2D(config);
}

/** Mean of each window of volumes. */
export function averagePooling3d(config: PoolingConfig = {}): AveragePooling3D {
  return new AveragePooling3D(config);
}

/** Mean of each channel of sequences. */
export function globalAveragePooling1d(config: GlobalPoolingConfig = {}): GlobalAveragePooling1D {
  return new GlobalAveragePooling1D(config);
}

/** Mean of each channel of pictures. */
export function globalAveragePooling2d(config: GlobalPoolingConfig = {}): GlobalAveragePooling2D {
  return new GlobalAveragePooling2D(config);
}

/** Mean of each channel of volumes. */
export function globalAveragePooling3d(config: GlobalPoolingConfig = {}): GlobalAveragePooling3D {
  return new GlobalAveragePooling3D(config);
}

/** Largest element of each channel of sequences. */
export function globalMaxPooling1d(config: GlobalPoolingConfig = {}): GlobalMaxPooling1D {
  return new GlobalMaxPooling1D(config);
}

/** Largest element of each channel of pictures. */
export function globalMaxPooling2d(config: GlobalPoolingConfig = {}): GlobalMaxPooling2D {
  return new GlobalMaxPooling2D(config);
}

/** Largest element of each channel of volumes. */
export function globalMaxPooling3d(config: GlobalPoolingConfig = {}): GlobalMaxPooling3D {
  return new GlobalMaxPooling3D(config);
}

/** Mean of each window of sequences, for a result of a given size. */
export function adaptiveAveragePooling1d(config: AdaptivePoolingConfig): AdaptiveAveragePooling1D {
  return new AdaptiveAveragePooling1D(config);
}

/** Mean of each window of pictures, for a result of a given size. */
export function adaptiveAveragePooling2d(config: AdaptivePoolingConfig): AdaptiveAveragePooling2D {
  return new AdaptiveAveragePooling2D(config);
}

/** Mean of each window of volumes, for a result of a given size. */
export function adaptiveAveragePooling3d(config: AdaptivePoolingConfig): AdaptiveAveragePooling3D {
  return new AdaptiveAveragePooling3D(config);
}

/** Largest element of each window of sequences, for a result of a given size. */
export function adaptiveMaxPooling1d(config: AdaptivePoolingConfig): AdaptiveMaxPooling1D {
  return new AdaptiveMaxPooling1D(config);
}

/** Largest element of each window of pictures, for a result of a given size. */
export function adaptiveMaxPooling2d(config: AdaptivePoolingConfig): AdaptiveMaxPooling2D {
  return new AdaptiveMaxPooling2D(config);
}

/** Largest element of each window of volumes, for a result of a given size. */
export function adaptiveMaxPooling3d(config: AdaptivePoolingConfig): AdaptiveMaxPooling3D {
  return new AdaptiveMaxPooling3D(config);
}
