import { AveragePooling2D } from './averagePooling2d.js';
import { GlobalAveragePooling2D } from './globalAveragePooling2d.js';
import { GlobalMaxPooling2D } from './globalMaxPooling2d.js';
import type { GlobalPooling2DConfig } from './globalPooling2d.js';
import { MaxPooling2D } from './maxPooling2d.js';
import type { Pooling2DConfig } from './pooling2d.js';

/** Largest element of each window. */
export function maxPooling2d(config: Pooling2DConfig = {}): MaxPooling2D {
  return new MaxPooling2D(config);
}

/** Mean of each window. */
export function averagePooling2d(config: Pooling2DConfig = {}): AveragePooling2D {
  return new AveragePooling2D(config);
}

/** Mean of each channel. */
export function globalAveragePooling2d(config: GlobalPooling2DConfig = {}): GlobalAveragePooling2D {
  return new GlobalAveragePooling2D(config);
}

/** Largest element of each channel. */
export function globalMaxPooling2d(config: GlobalPooling2DConfig = {}): GlobalMaxPooling2D {
  return new GlobalMaxPooling2D(config);
}
