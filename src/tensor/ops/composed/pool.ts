import type { Tensor } from '../../tensor.js';
import { avgPool2d } from '../avgPool2d.js';
import { maxPool2d } from '../maxPool2d.js';
import type { PoolOptions } from '../pooling.js';
import type { PadPair } from '../primitives.js';
import { reshape } from '../reshape.js';
import { inPlane } from './conv.js';
import {
  checkSizes,
  onPlanes,
  onRows,
  positionsAlongDepth,
  resolveWindow,
  type SizeLike,
  type SpatialPadding,
  spaceOf,
} from './spatial.js';

/** Options of `maxPool` and `averagePool`. */
export interface SpatialPoolOptions {
  /** Size of the window. @defaultValue `2` */
  readonly poolSize?: SizeLike;
  /** Elements from one window to the next. @defaultValue `poolSize` */
  readonly strides?: SizeLike;
  /** @defaultValue `'valid'` */
  readonly padding?: SpatialPadding;
}

/**
 * Largest element of each window, over one, two or three axes of space; padding never wins.
 * Shape: `[n, ...space, c] -> [n, ...space', c]`.
 * @throws {ShapeError | ArgumentError | DTypeError}
 */
export function maxPool(x: Tensor, options: SpatialPoolOptions = {}): Tensor {
  return pool('maxPool', x, options, maxPool2d);
}

/**
 * Mean of each window, over one, two or three axes of space; padding does not count.
 * Shape: `[n, ...space, c] -> [n, ...space', c]`.
 * @throws {ShapeError | ArgumentError | DTypeError}
 */
export function averagePool(x: Tensor, options: SpatialPoolOptions = {}): Tensor {
  return pool('averagePool', x, options, avgPool2d);
}

function pool(
  operation: string,
  x: Tensor,
  options: SpatialPoolOptions,
  pool2d: (pictures: Tensor, window: PoolOptions) => Tensor,
): Tensor {
  const poolSize = checkSizes(operation, 'poolSize', options.poolSize ?? 2, spaceOf(operation, x).length);
  const window = resolveWindow(operation, x, poolSize, { strides: poolSize, ...options });
  const size = (axis: number): number => poolSize[axis] as number;
  const along = (axis: number): PadPair => window.padding[axis] as PadPair;
  switch (x.rank) {
    case 3: {
      const strides = [1, window.strides[0] as number] as const;
      return onRows(x, (pictures) =>
        pool2d(pictures, { poolSize: [1, size(0)], strides, padding: [[0, 0], along(0)] }),
      );
    }
    case 4:
      return pool2d(x, { poolSize: [size(0), size(1)], ...inPlane(window, 0) });
    default: {
      // A box is pooled along its faces, then along its depth.
      const depth = positionsAlongDepth(operation, x, size(0), window);
      const faces = onPlanes(x, (pictures) =>
        pool2d(pictures, { poolSize: [size(1), size(2)], ...inPlane(window, 1) }),
      );
      const [batch, before, ...face] = faces.shape as [number, number, number, number, number];
      const rows = reshape(faces, [batch, before, face[0] * face[1], face[2]]);
      const pooled = pool2d(rows, {
        poolSize: [size(0), 1],
        strides: [window.strides[0] as number, 1],
        padding: [along(0), [0, 0]],
      });
      return reshape(pooled, [batch, depth, ...face]);
    }
  }
}
