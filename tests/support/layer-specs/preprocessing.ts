import fc from 'fast-check';
import { type LayerDraw, type LayerSpec, one, options, sample, size } from './draws.js';

const normalization: fc.Arbitrary<LayerDraw> = one(
  sample,
  fc.oneof(
    options({ axis: fc.constantFrom(-1, 1, [-1], [], null), invert: fc.boolean() }),
    options({ invert: fc.boolean() }, { mean: fc.constant(0.5), variance: fc.constant(2) }),
    options({ invert: fc.boolean() }, { mean: fc.constant([0.25]), variance: fc.constant([0.5]) }),
  ),
);

export const preprocessingSpecs = {
  Normalization: {
    draws: normalization,
    fixed: ({ mean = null }) => (mean === null ? ['mean', 'variance', 'count'] : []),
  },
  Rescaling: {
    draws: one(
      fc.tuple(size(2), size(3), fc.constant(2)),
      options({ offset: fc.constantFrom(-1, [0.5, 0]) }, { scale: fc.constantFrom(0.5, [2, 0.25]) }),
    ),
  },
} satisfies Readonly<Record<string, LayerSpec>>;
