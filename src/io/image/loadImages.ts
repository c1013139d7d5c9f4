import type { Tensor } from '../../tensor/index.js';
import type { ImageSource } from './decodeImage.js';
import type { LoadImagesOptions } from './readImages.js';

/**
 * Pictures as one batch: float32, `[n, height, width, 3]`, red first, 0 to 255. Each is turned upright as its EXIF data
 * says and resized as `tf.image.resize` does it (bilinear).
 *
 * ```ts
 * const x = await loadImages(['cat.jpg', 'dog.jpg'], { size: [224, 224] });
 * ```
 * @param sources paths (Node) or the bytes of files, in any mixture.
 * @throws {ImageDecodeError} naming the first picture that cannot be read.
 */
export async function loadImages(sources: readonly ImageSource[], options: LoadImagesOptions): Promise<Tensor> {
  const { readImages } = await import('./readImages.js');
  return readImages(sources, options);
}
