import fc from 'fast-check';
import { permutations } from '../arbitraries.js';
import {
  inEitherFormat,
  type LayerDraw,
  type LayerSpec,
  one,
  options,
  pairOf,
  sample,
  sequence,
  size,
  sizesOf,
  smallPicture,
  volume,
} from './draws.js';

const border = fc.integer({ min: 0, max: 1 });

const borders = (axes: 1 | 2 | 3): fc.Arbitrary<unknown> => {
  const pair = fc.tuple(border, border);
  if (axes === 1) return fc.oneof(border, pair);
  return fc.oneof(sizesOf(border, axes), fc.array(pair, { minLength: axes, maxLength: axes }));
};

const reshaping: fc.Arbitrary<LayerDraw> = sample.chain((shape) =>
  permutations(shape.length - 1).chain((order) =>
    fc.tuple(fc.integer({ min: 0, max: shape.length - 1 }), fc.constantFrom(-1, null)).map(([open, unknown]) => ({
      config: { targetShape: order.map((axis, i) => (i === open ? unknown : (shape[axis + 1] as number))) },
      inputs: [shape],
    })),
  ),
);

export const reshapingSpecs = {
  Cropping1D: { draws: one(sequence, options({ cropping: borders(1) })) },
  Cropping2D: { draws: inEitherFormat(one(smallPicture, options({ cropping: borders(2) }))) },
  Cropping3D: { draws: inEitherFormat(one(volume, options({ cropping: borders(3) }))) },
  Flatten: { draws: one(sample, options({ dataFormat: fc.constantFrom('channels_last', 'channels_first') })) },
  Permute: {
    draws: sample.chain((shape) =>
      permutations(shape.length - 1).map((order) => ({
        config: { dims: order.map((axis) => axis + 1) },
        inputs: [shape],
      })),
    ),
  },
  RepeatVector: { draws: one(fc.tuple(size(3), size(3)), options({}, { n: size(3) })) },
  Reshape: { draws: reshaping },
  UpSampling1D: { draws: one(sequence, options({ size: size(3) })) },
  UpSampling2D: {
    draws: inEitherFormat(
      one(
        smallPicture,
        options({
          size: pairOf(size(2)),
          interpolation: fc.constantFrom('nearest', 'bilinear', 'bicubic', 'lanczos3', 'lanczos5'),
        }),
      ),
    ),
  },
  UpSampling3D: { draws: inEitherFormat(one(volume, options({ size: sizesOf(size(2), 3) }))) },
  ZeroPadding1D: { draws: inEitherFormat(one(sequence, options({ padding: borders(1) }))) },
  ZeroPadding2D: { draws: inEitherFormat(one(smallPicture, options({ padding: borders(2) }))) },
  ZeroPadding3D: { draws: inEitherFormat(one(volume, options({ padding: borders(3) }))) },
} satisfies Readonly<Record<string, LayerSpec>>;
