import type { ImageHeader } from '../imageHeader.js';
import { orient } from '../orient.js';
import type { Picture } from '../picture.js';
import type { Decoder } from './decoder.js';

/**
 * Libraries in JavaScript and WebAssembly, each loaded when it is first needed. They know JPEG (but for CMYK), PNG, WebP
 * and GIF, of which the last two give their first frame.
 */
export const javascriptDecoder: Decoder = {
  identity: 'javascript',
  // They all work in one thread; the next file is read meanwhile.
  parallel: 2,
  decode: async (bytes, header) => {
    if (header === null) throw new Error('no JPEG, PNG, WebP or GIF file; other formats need the package sharp');
    return orient(await decode(bytes, header), header.orientation);
  },
};

async function decode(bytes: Uint8Array, { format }: ImageHeader): Promise<Picture> {
  switch (format) {
    case 'jpeg':
      return (await import('./jpeg.js')).decodeJpeg(bytes);
    case 'png':
      return (await import('./png.js')).decodePng(bytes);
    case 'webp':
      return (await import('./webp.js')).decodeWebp(bytes);
    case 'gif':
      return (await import('./gif.js')).decodeGif(bytes);
    default:
      throw new Error(`unknown format ${format satisfies never}`);
  }
}
