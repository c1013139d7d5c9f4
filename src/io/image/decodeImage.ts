import { type Tensor, wrap } from '../../tensor/index.js';
import { MissingDependencyError } from '../missingDependencyError.js';
import { ImageDecodeError } from './imageDecodeError.js';

/** A picture: a path (Node), or the bytes of a file. */
export type ImageSource = string | Uint8Array;

/** What pictures are called in messages. */
export function nameOfImage(source: ImageSource, position: number): string {
  return typeof source === 'string' ? source : `bytes ${position}`;
}

/**
 * The pixels of a picture: uint8, `[height, width, 3]`, red first. It is turned upright as its EXIF data says; alpha is
 * dropped, greys become colours. Colour profiles are ignored, as by the decoders that networks were trained with.
 * @throws {MissingDependencyError} without the package `sharp`.
 * @throws {ImageDecodeError} if it is no picture, is damaged, or is missing.
 */
export async function decodeImage(source: ImageSource, name: string): Promise<Tensor> {
  const sharp = await loadSharp();
  try {
    const { data, info } = await sharp(source, { failOn: 'error', ignoreIcc: true })
      .rotate()
      .toColourspace('srgb')
      .removeAlpha()
      .raw({ depth: 'uchar' })
      .toBuffer({ resolveWithObject: true });
    if (info.channels !== 3) throw new Error(`${info.channels} channels`);
    return wrap(new Uint8Array(data), [info.height, info.width, 3], 'uint8');
  } catch (error) {
    throw new ImageDecodeError(name, error instanceof Error ? error.message : String(error), { cause: error });
  }
}

async function loadSharp(): Promise<typeof import('sharp')['default']> {
  try {
    return (await import('sharp')).default;
  } catch (error) {
    throw new MissingDependencyError('decodeImage', 'sharp', { cause: error });
  }
}
