import fc from 'fast-check';
import { permutations } from '../arbitraries.js';
import { type LayerDraw, type LayerSpec, one, options, pairOf, sample, size, smallPicture } from './draws.js';

const border = fc.integer({ min: 0, max: 1 });

const borders = fc.oneof(
  border,
  fc.tuple(border, border),
  fc.tuple(fc.tuple(border, border), fc.tuple(border, border)),
);

const reshaping: fc.Arbitrary<LayerDraw> = sample.chain((shape) =>
  permutations(shape.length - 1).chain((order) =>
    fc.tuple(fc.integer({ min: 0, max: shape.length - 1 }), fc.constantFrom(-1, null)).map(([open, unknown]) => ({
      config: { targetShape: order.map((axis, i) => (i === open ? unknown : (shape[axis + 1] as number))) },
      inputs: [shape],
    })),
  ),
);

export const reshapingSpecs = {
  Cropping2D: { draws: one(smallPicture, options({ cropping: borders })) },
  Flatten: { draws: one(sample, options({ dataFormat: fc.constantFrom('channels_last', 'channels_first') })) },
  Permute: {
    draws: sample.chain((shape) =>
      permutations(shape.length - 1).map((order) => ({
        config: { dims: order.map((axis) => axis + 1) },
        inputs: [shape],
      })),
    ),
  },
  Reshape: { draws: reshaping },
  UpSampling2D: {
    draws: one(smallPicture, options({ size: pairOf(size(2)), interpolation: fc.constantFrom('nearest', 'bilinear') })),
  },
  ZeroPadding2D: { draws: one(smallPicture, options({ padding: borders })) },
} satisfies Readonly<Record<string, LayerSpec>>;
