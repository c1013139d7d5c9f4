import fc from 'fast-check';
import type { Shape } from 'mapache/tensor';
import {
  inEitherFormat,
  type LayerSpec,
  one,
  options,
  picture,
  sequence,
  size,
  sizesOf,
  smallPicture,
  volume,
} from './draws.js';

type Axes = 1 | 2 | 3;

const pool = (axes: Axes, input: fc.Arbitrary<Shape>): LayerSpec => ({
  draws: inEitherFormat(
    one(
      input,
      options({
        poolSize: sizesOf(size(3), axes),
        strides: fc.oneof(fc.constant(null), sizesOf(size(3), axes)),
        padding: fc.constantFrom('valid', 'same'),
      }),
    ),
  ),
});

const globalPool = (input: fc.Arbitrary<Shape>): LayerSpec => ({
  draws: inEitherFormat(one(input, options({ keepdims: fc.boolean() }))),
});

const adaptivePool = (axes: Axes, input: fc.Arbitrary<Shape>): LayerSpec => ({
  draws: inEitherFormat(one(input, options({}, { outputSize: sizesOf(size(4), axes) }))),
});

export const poolingSpecs = {
  AdaptiveAveragePooling1D: adaptivePool(1, sequence),
  AdaptiveAveragePooling2D: adaptivePool(2, smallPicture),
  AdaptiveAveragePooling3D: adaptivePool(3, volume),
  AdaptiveMaxPooling1D: adaptivePool(1, sequence),
  AdaptiveMaxPooling2D: adaptivePool(2, smallPicture),
  AdaptiveMaxPooling3D: adaptivePool(3, volume),
  AveragePooling1D: pool(1, sequence),
  AveragePooling2D: pool(2, picture),
  AveragePooling3D: pool(3, volume),
  GlobalAveragePooling1D: globalPool(sequence),
  GlobalAveragePooling2D: globalPool(smallPicture),
  GlobalAveragePooling3D: globalPool(volume),
  GlobalMaxPooling1D: globalPool(sequence),
  GlobalMaxPooling2D: globalPool(smallPicture),
  GlobalMaxPooling3D: globalPool(volume),
  MaxPooling1D: pool(1, sequence),
  MaxPooling2D: pool(2, picture),
  MaxPooling3D: pool(3, volume),
} satisfies Readonly<Record<string, LayerSpec>>;
