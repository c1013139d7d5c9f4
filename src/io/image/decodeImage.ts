import type { Decoder } from './decoders/decoder.js';
import { ImageDecodeError } from './imageDecodeError.js';
import { type ImageHeader, readImageHeader } from './imageHeader.js';
import { maxPixels, type Picture } from './picture.js';

/** A picture: a path (Node), or the bytes of a file. */
export type ImageSource = string | Uint8Array;

/** Waits until there is room for so many pixels, does the work, and makes room for others. */
export type Admission = <T>(pixels: number, work: () => Promise<T>) => Promise<T>;

/** What pictures are called in messages. */
export function nameOfImage(source: ImageSource, position: number): string {
  return typeof source === 'string' ? source : `bytes ${position}`;
}

/**
 * The pixels of a picture. It is turned upright as its EXIF data says; alpha is dropped, greys become colours. Colour
 * profiles are ignored, as by the decoders that networks were trained with.
 * @param admission says when there is memory for it. @defaultValue at once
 * @throws {ImageDecodeError} if it is no picture, is damaged, or claims to have more than 2^27 pixels.
 */
export async function decodeImage(
  bytes: Uint8Array,
  name: string,
  decoder: Decoder,
  admission: Admission = (_, work) => work(),
): Promise<Picture> {
  const header = readImageHeader(bytes);
  const pixels = header === null ? 0 : header.width * header.height;
  if (bytes.length === 0) throw new ImageDecodeError(name, 'an empty file');
  if (pixels > maxPixels) throw new ImageDecodeError(name, `${sizeText(header)}, which are more than ${maxPixels}`);
  try {
    return await admission(pixels, () => decoder.decode(bytes, header));
  } catch (error) {
    throw new ImageDecodeError(name, reasonOf(error), { cause: error });
  }
}

function sizeText(header: ImageHeader | null): string {
  return `${header?.width} x ${header?.height} pixels`;
}

/** The first line: libraries tell the same thing several times. */
function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.trim().split('\n', 1)[0] || 'a damaged file';
}
