import fc from 'fast-check';
import { inEitherFormat, type LayerDraw, type LayerSpec, one, options, sample, size, smallPicture } from './draws.js';

const normalization: fc.Arbitrary<LayerDraw> = one(
  sample,
  fc.oneof(
    options({ axis: fc.constantFrom(-1, 1, [-1], [], null), invert: fc.boolean() }),
    options({ invert: fc.boolean() }, { mean: fc.constant(0.5), variance: fc.constant(2) }),
    options({ invert: fc.boolean() }, { mean: fc.constant([0.25]), variance: fc.constant([0.5]) }),
  ),
);

const height = size(4);
const width = size(4);

export const preprocessingSpecs = {
  CenterCrop: { draws: inEitherFormat(one(smallPicture, options({}, { height, width }))) },
  Normalization: {
    draws: normalization,
    fixed: ({ mean = null }) => (mean === null ? ['mean', 'variance', 'count'] : []),
  },
  Resizing: {
    draws: inEitherFormat(
      one(
        smallPicture,
        fc
          .tuple(
            options(
              {
                interpolation: fc.constantFrom('nearest', 'bilinear', 'bicubic', 'area', 'lanczos3', 'lanczos5'),
                antialias: fc.boolean(),
                fillValue: fc.constantFrom(0, 1.5),
              },
              { height, width },
            ),
            fc.constantFrom({}, { cropToAspectRatio: true }, { padToAspectRatio: true }),
          )
          .map(([config, aspect]) => ({ ...config, ...aspect })),
      ),
    ),
  },
  Rescaling: {
    draws: one(
      fc.tuple(size(2), size(3), fc.constant(2)),
      options({ offset: fc.constantFrom(-1, [0.5, 0]) }, { scale: fc.constantFrom(0.5, [2, 0.25]) }),
    ),
  },
} satisfies Readonly<Record<string, LayerSpec>>;
