import { add, type DType, div, mul, reshape, type Shape, sub, type Tensor, tensor } from '../../tensor/index.js';
import type { PictureShape } from './change.js';
import { type SampleOptions, sample } from './sample.js';

/**
 * For each picture, where the pixel at `(x, y)` comes from:
 * `((a0 x + a1 y + a2) / k, (b0 x + b1 y + b2) / k)` with `k = c0 x + c1 y + 1`. Each `[batch]`.
 */
export interface Projection {
  readonly a: readonly [Tensor, Tensor, Tensor];
  readonly b: readonly [Tensor, Tensor, Tensor];
  /** @defaultValue zeros: straight lines that were parallel stay so */
  readonly c?: readonly [Tensor, Tensor];
}

/** Pictures under a projection. Shape: unchanged. */
export function project(pictures: Tensor, projection: Projection, options: SampleOptions): Tensor {
  const [batch, height, width] = pictures.shape as PictureShape;
  const { dtype } = projection.a[0];
  const x = places(width, [1, 1, width], dtype);
  const y = places(height, [1, height, 1], dtype);
  const perPicture = (t: Tensor): Tensor => reshape(t, [batch, 1, 1]);
  const linear = (p: Tensor, q: Tensor): Tensor => add(mul(perPicture(p), x), mul(perPicture(q), y));
  const { a, b, c } = projection;
  const column = add(linear(a[0], a[1]), perPicture(a[2]));
  const row = add(linear(b[0], b[1]), perPicture(b[2]));
  if (c === undefined) return sample(pictures, column, row, options);
  const k = add(linear(...c), 1);
  return sample(pictures, div(column, k), div(row, k), options);
}

/** The same point stays where it is: `linear` is what happens around the middle. */
export function aroundMiddle(
  [, height, width]: PictureShape,
  [a0, a1]: readonly [Tensor, Tensor],
  [b0, b1]: readonly [Tensor, Tensor],
): Projection {
  const [x, y] = [(width - 1) / 2, (height - 1) / 2];
  const stay = (own: number, p: Tensor, q: Tensor): Tensor => sub(sub(own, mul(p, x)), mul(q, y));
  return { a: [a0, a1, stay(x, a0, a1)], b: [b0, b1, stay(y, b0, b1)] };
}

/** The numbers `0 … count - 1` in a shape. */
export function places(count: number, shape: Shape, dtype: DType): Tensor {
  return tensor(
    Float64Array.from({ length: count }, (_, i) => i),
    { shape, dtype },
  );
}
