import { maxPixels } from '../picture.js';
import type { Decoder } from './decoder.js';

/** The package `sharp`, which decodes in threads of its own. @throws if it is not installed. */
export async function sharpDecoder(): Promise<Decoder> {
  const { default: sharp } = await import('sharp');
  return {
    identity: `sharp ${sharp.versions.sharp ?? ''} ${sharp.versions.vips}`,
    parallel: 4,
    decode: async (bytes) => {
      const { data, info } = await sharp(bytes, { failOn: 'error', ignoreIcc: true, limitInputPixels: maxPixels })
        .rotate()
        .toColourspace('srgb')
        .removeAlpha()
        .raw({ depth: 'uchar' })
        .toBuffer({ resolveWithObject: true });
      if (info.channels !== 3) throw new Error(`${info.channels} channels`);
      return { width: info.width, height: info.height, data };
    },
  };
}
