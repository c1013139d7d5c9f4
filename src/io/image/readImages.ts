import { ArgumentError, checkShape, formatValue, type Size2d, sizeOf, type Tensor, wrap } from '../../tensor/index.js';
import { decodeImage, type ImageSource, nameOfImage } from './decodeImage.js';
import { chooseDecoder, type DecoderChoice } from './decoders/chooseDecoder.js';
import { fitImage } from './fitImage.js';
import { readImageFile } from './readImageFile.js';

/** Options of `loadImages`. */
export interface LoadImagesOptions {
  /** Height and width that every picture is brought to. */
  readonly size: Size2d;
  /** What decodes pictures. @defaultValue `'auto'` */
  readonly decoder?: DecoderChoice | undefined;
  /** Stops between two pictures. */
  readonly signal?: AbortSignal | undefined;
}

/** What `loadImages` does. */
export async function readImages(
  sources: readonly ImageSource[],
  { size, decoder: choice, signal }: LoadImagesOptions,
): Promise<Tensor> {
  checkSize('loadImages', size);
  const shape = checkShape('loadImages', [sources.length, ...size, 3]);
  const decoder = await chooseDecoder('loadImages', choice);
  const batch = new Float32Array(sizeOf(shape));
  for (const [i, source] of sources.entries()) {
    signal?.throwIfAborted();
    const name = nameOfImage(source, i);
    const bytes = typeof source === 'string' ? await readImageFile(source, name) : source;
    fitImage(await decodeImage(bytes, name, decoder), size, batch, i);
  }
  return wrap(batch, shape, 'float32');
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
