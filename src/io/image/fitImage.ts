import { cast, reshape, resizeBilinear, type Size2d, type Tensor } from '../../tensor/index.js';

/**
 * A picture as float32 of one size, 0 to 255, `[height, width, 3]`: bilinear with half-pixel centres and no smoothing,
 * as `tf.image.resize`, which networks trained with Keras have seen.
 */
export function fitImage(pixels: Tensor, size: Size2d): Tensor {
  const [height, width, channels] = pixels.shape as readonly [number, number, number];
  const values = cast(pixels, 'float32');
  if (height === size[0] && width === size[1]) return values;
  return reshape(resizeBilinear(reshape(values, [1, height, width, channels]), size), [...size, channels]);
}
