import { dropAlpha, type Picture } from '../picture.js';

/** The first frame of a GIF. What it does not cover is black. @throws if it is damaged. */
export async function decodeGif(bytes: Uint8Array): Promise<Picture> {
  const { GifReader } = await import('omggif');
  const reader = new GifReader(bytes);
  const { width, height } = reader;
  if (reader.numFrames() === 0) throw new Error('a GIF without a frame');
  const data = new Uint8Array(width * height * 4);
  reader.decodeAndBlitFrameRGBA(0, data);
  return dropAlpha({ width, height, data });
}
