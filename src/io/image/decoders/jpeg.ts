import { codecOf } from './codec.js';

/** A JPEG as it is stored: without a look at its orientation. @throws if it is damaged, cut short or has four colours. */
export const decodeJpeg = codecOf(
  {
    path: '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm',
    start: async (options) => {
      const { default: decode, init } = await import('@jsquash/jpeg/decode.js');
      await init(options);
      return (bytes) => decode(bytes);
    },
  },
  (complaints, hasFailed) => {
    if (complaints.some((text) => text.includes('color conversion')))
      return 'a JPEG in CMYK, which needs the package sharp';
    // Where a file ends too soon the decoder makes the rest of the picture grey.
    const isCut = complaints.some((text) => text.includes('Premature end'));
    if (isCut) return 'a JPEG that ends too soon';
    return hasFailed ? `a damaged JPEG${complaints.map((text) => `: ${text}`).at(-1) ?? ''}` : null;
  },
);
