import type { Tensor } from '../tensor.js';
import type { TensorSpec } from './define.js';
import type { ResizeParams, Size2d } from './primitives.js';
import { checkSize2d, imageSize } from './window.js';

/** Options of the resizings. */
export interface ResizeOptions {
  /** Corners of both grids coincide. @defaultValue `false` */
  readonly alignCorners?: boolean;
  /** Pixels are areas rather than points, as in TensorFlow 2 and Keras. @defaultValue `true` */
  readonly halfPixelCenters?: boolean;
}

export function resolveResize(operation: string, size: Size2d, options: ResizeOptions): ResizeParams {
  const alignCorners = options.alignCorners ?? false;
  const halfPixelCenters = options.halfPixelCenters ?? !alignCorners;
  return { size: checkSize2d(operation, 'size', size), alignCorners, halfPixelCenters };
}

/** Images of another size. */
export function resizedSpec(operation: string, x: Tensor, [height, width]: Size2d): TensorSpec {
  imageSize(operation, x);
  return { shape: [x.shape[0] as number, height, width, x.shape[3] as number], dtype: x.dtype };
}
