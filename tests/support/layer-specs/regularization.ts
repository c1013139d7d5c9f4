import fc from 'fast-check';
import {
  inEitherFormat,
  type LayerSpec,
  type Options,
  one,
  options,
  sample,
  seed,
  sequence,
  smallPicture,
  volume,
} from './draws.js';

const random = (own: Options): fc.Arbitrary<Record<string, unknown>> => options({ seed }, own);

const rate = fc.constantFrom(0, 0.25, 0.5);

export const regularizationSpecs = {
  ActivityRegularization: {
    draws: one(sample, options({ l1: fc.constantFrom(0, 0.5), l2: fc.constantFrom(0, 0.25) })),
  },
  AlphaDropout: {
    draws: fc.oneof(
      one(sample, random({ rate })),
      one(smallPicture, random({ rate, noiseShape: fc.constantFrom(null, [null, 1, 1, null]) })),
    ),
  },
  Dropout: {
    draws: fc.oneof(
      one(sample, random({ rate })),
      one(smallPicture, random({ rate, noiseShape: fc.constantFrom(null, [null, 1, 1, null], [1, null, null, 1]) })),
    ),
  },
  GaussianDropout: { draws: one(sample, random({ rate })) },
  GaussianNoise: { draws: one(sample, random({ stddev: fc.constantFrom(0, 0.5) })) },
  SpatialDropout1D: { draws: one(sequence, random({ rate })) },
  SpatialDropout2D: { draws: inEitherFormat(one(smallPicture, random({ rate }))) },
  SpatialDropout3D: { draws: inEitherFormat(one(volume, random({ rate }))) },
  StochasticDepth: { draws: one(sample, options({}, { dropPathRate: rate })) },
} satisfies Readonly<Record<string, LayerSpec>>;
