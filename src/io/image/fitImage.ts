import { linearSamples, type Size2d } from '../../tensor/index.js';
import type { Picture } from './picture.js';

const convention = { alignCorners: false, halfPixelCenters: true };

/**
 * Puts a picture into a batch, in one size and as float32 from 0 to 255: bilinear with half-pixel centres and no
 * smoothing, as `tf.image.resize`, which networks trained with Keras have seen. Every step is rounded to float32, as
 * TensorFlow does it, so that the numbers are the same on every machine.
 * @param position number of the picture in the batch, `[n, height, width, 3]`.
 */
export function fitImage({ data, width, height }: Picture, size: Size2d, batch: Float32Array, position: number): void {
  const [rows, columns] = size;
  let to = position * rows * columns * 3;
  if (height === rows && width === columns) {
    batch.set(data, to);
    return;
  }
  const down = linearSamples(height, rows, { size, ...convention });
  const across = linearSamples(width, columns, { size, ...convention });
  for (let i = 0; i < rows; i++) {
    const top = (down.lower[i] as number) * width;
    const bottom = (down.upper[i] as number) * width;
    const share = down.weight[i] as number;
    for (let j = 0; j < columns; j++) {
      const left = across.lower[j] as number;
      const right = across.upper[j] as number;
      const weight = across.weight[j] as number;
      for (let c = 0; c < 3; c++) {
        const above = between(at(data, top + left, c), at(data, top + right, c), weight);
        const below = between(at(data, bottom + left, c), at(data, bottom + right, c), weight);
        batch[to++] = between(above, below, share);
      }
    }
  }
}

function at(data: Picture['data'], pixel: number, channel: number): number {
  return data[pixel * 3 + channel] as number;
}

function between(a: number, b: number, weight: number): number {
  return Math.fround(a + Math.fround(Math.fround(b - a) * weight));
}
