import { dropAlpha } from '../picture.js';
import type { Decoder } from './decoder.js';

/**
 * What the page decodes pictures with. A canvas keeps colours multiplied with alpha, so that those of transparent
 * pixels are lost: they come out black.
 */
export const platformDecoder: Decoder = {
  identity: 'platform',
  parallel: 4,
  decode: async (bytes) => {
    const bitmap = await createImageBitmap(new Blob([new Uint8Array(bytes)]), {
      colorSpaceConversion: 'none',
      premultiplyAlpha: 'none',
      imageOrientation: 'from-image',
    });
    try {
      const { width, height } = bitmap;
      const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
      if (context === null) throw new Error('no canvas of that size');
      context.drawImage(bitmap, 0, 0);
      return dropAlpha(context.getImageData(0, 0, width, height));
    } finally {
      bitmap.close();
    }
  },
};
