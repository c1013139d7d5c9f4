import fc from 'fast-check';
import { type LayerSpec, one, options, pairOf, picture, size, smallPicture } from './draws.js';

const pool = one(
  picture,
  options({
    poolSize: pairOf(size(3)),
    strides: fc.oneof(fc.constant(null), pairOf(size(3))),
    padding: fc.constantFrom('valid', 'same'),
  }),
);

const globalPool = one(
  smallPicture,
  options({ keepdims: fc.boolean(), dataFormat: fc.constantFrom('channels_last', 'channels_first') }),
);

export const poolingSpecs = {
  AveragePooling2D: { draws: pool },
  GlobalAveragePooling2D: { draws: globalPool },
  GlobalMaxPooling2D: { draws: globalPool },
  MaxPooling2D: { draws: pool },
} satisfies Readonly<Record<string, LayerSpec>>;
