import type { Shape } from '../shape.js';
import type { Tensor } from '../tensor.js';
import type { TensorSpec } from './define.js';
import { checkFloating } from './operands.js';
import type { PoolParams } from './primitives.js';
import { checkSize2d, imageSize, type Padding, resolvePadding, type Size2dLike, windowedSize } from './window.js';

/** Options of the pools. */
export interface PoolOptions {
  /** Rows and columns of the window. @defaultValue `2` */
  readonly poolSize?: Size2dLike;
  /** Elements from one window to the next. @defaultValue `poolSize` */
  readonly strides?: Size2dLike;
  /** @defaultValue `'valid'` */
  readonly padding?: Padding;
}

/** The options with every default filled in and the padding in elements. */
export function resolvePool(operation: string, x: Tensor, options: PoolOptions): PoolParams {
  const poolSize = checkSize2d(operation, 'poolSize', options.poolSize ?? 2);
  const strides = checkSize2d(operation, 'strides', options.strides ?? poolSize);
  const padding = resolvePadding(operation, options.padding ?? 'valid', imageSize(operation, x), poolSize, strides);
  return { poolSize, strides, padding };
}

/** Shape rule of a pool. */
export function poolSpec(operation: string, x: Tensor, params: PoolParams): TensorSpec {
  checkFloating(operation, x);
  const [rows, columns] = windowedSize(operation, x, params.poolSize, params);
  const shape: Shape = [x.shape[0] as number, rows, columns, x.shape[3] as number];
  return { shape, dtype: x.dtype };
}

/** Elements looked at. */
export function poolFlops(resultSize: number, { poolSize }: PoolParams): number {
  return resultSize * poolSize[0] * poolSize[1];
}
