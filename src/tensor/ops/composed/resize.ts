import { type Tensor, wrap } from '../../tensor.js';
import { matmul } from '../matmul.js';
import { checkFloating } from '../operands.js';
import type { Size2d } from '../primitives.js';
import { resizeBilinear } from '../resizeBilinear.js';
import { resizeNearest } from '../resizeNearest.js';
import { transpose } from '../transpose.js';
import { checkSize2d, imageSize } from '../window.js';
import { type Interpolation, resamplingMatrix } from './resampling.js';

/** Options of `resize`. */
export interface ImageResizeOptions {
  /** @defaultValue `'bilinear'` */
  readonly interpolation?: Interpolation;
  /** Smooth before shrinking. @defaultValue `false` */
  readonly antialias?: boolean;
}

/**
 * Images of another size, as `tf.image.resize` makes them: pixels are areas, and the edge ends what counts.
 * Shape: `[n, h, w, c] -> [n, size[0], size[1], c]`.
 * @throws {ShapeError | ArgumentError | DTypeError}
 */
export function resize(x: Tensor, size: Size2d, options: ImageResizeOptions = {}): Tensor {
  const { interpolation = 'bilinear', antialias = false } = options;
  if (interpolation === 'nearest') return resizeNearest(x, size);
  if (interpolation === 'bilinear' && !antialias) return resizeBilinear(x, size);
  const [height, width] = imageSize('resize', x);
  const [rows, columns] = checkSize2d('resize', 'size', size);
  checkFloating('resize', x);
  // Rows and columns are resampled one after the other, each as a product with a matrix along the last axis.
  const along = (last: Tensor, from: number, to: number): Tensor => {
    const weights = resamplingMatrix(interpolation, antialias, from, to);
    const [dtype, data] =
      x.dtype === 'float64' ? ['float64' as const, weights] : ['float32' as const, new Float32Array(weights)];
    return matmul(last, wrap(data, [to, from], dtype), { transposeB: true });
  };
  const wide = along(transpose(x, [0, 1, 3, 2]), width, columns);
  const high = along(transpose(wide, [0, 3, 2, 1]), height, rows);
  return transpose(high, [0, 3, 1, 2]);
}
