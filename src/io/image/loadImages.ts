import { ArgumentError, checkShape, formatValue, type Size2d, sizeOf, type Tensor, wrap } from '../../tensor/index.js';
import { decodeImage, type ImageSource, nameOfImage } from './decodeImage.js';
import { fitImage } from './fitImage.js';

/** Options of `loadImages`. */
export interface LoadImagesOptions {
  /** Height and width that every picture is brought to. */
  readonly size: Size2d;
  /** Stops between two pictures. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Pictures as one batch: float32, `[n, height, width, 3]`, red first, 0 to 255. Each is turned upright as its EXIF data
 * says and resized as `tf.image.resize` does it (bilinear).
 *
 * ```ts
 * const x = await loadImages(['cat.jpg', 'dog.jpg'], { size: [224, 224] });
 * ```
 * @param sources paths (Node) or the bytes of files, in any mixture.
 * @throws {MissingDependencyError} without the package `sharp`.
 * @throws {ImageDecodeError} naming the first picture that cannot be read.
 */
export async function loadImages(
  sources: readonly ImageSource[],
  { size, signal }: LoadImagesOptions,
): Promise<Tensor> {
  checkSize('loadImages', size);
  const batch = newBatch('loadImages', sources.length, size);
  for (const [i, source] of sources.entries()) {
    signal?.throwIfAborted();
    await putImage(batch, i, await decodeImage(source, nameOfImage(source, i)), size);
  }
  return wrap(batch, [sources.length, ...size, 3], 'float32');
}

/** Room for `count` pictures. @throws {ShapeError} if they are too many for one tensor. */
export function newBatch(operation: string, count: number, size: Size2d): Float32Array<ArrayBuffer> {
  return new Float32Array(sizeOf(checkShape(operation, [count, ...size, 3])));
}

/** Brings a picture to the size of a batch and puts it in its place. */
export async function putImage(batch: Float32Array, position: number, pixels: Tensor, size: Size2d): Promise<void> {
  batch.set(await fitImage(pixels, size).data(), position * size[0] * size[1] * 3);
}

/** @throws {ArgumentError} */
export function checkSize(operation: string, size: Size2d): void {
  const isSize = Array.isArray(size) && size.length === 2 && size.every((n) => Number.isInteger(n) && n > 0);
  if (isSize) return;
  throw new ArgumentError({
    operation,
    expected: 'size to be [height, width]',
    received: formatValue(size),
    remedy: 'For example size: [224, 224].',
  });
}
