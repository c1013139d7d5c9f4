import fc from 'fast-check';
import { constraint, initializer, type LayerSpec, one, options, regularizer, sample, smallPicture } from './draws.js';

export const activationSpecs = {
  ELU: { draws: one(sample, options({ alpha: fc.constantFrom(0.5, 1, 2) })) },
  LeakyReLU: { draws: one(sample, options({ negativeSlope: fc.constantFrom(0, 0.1) })) },
  PReLU: {
    draws: fc.oneof(
      one(
        sample,
        options({ alphaInitializer: initializer, alphaRegularizer: regularizer, sharedAxes: fc.constant(null) }),
      ),
      one(smallPicture, options({ alphaConstraint: constraint, sharedAxes: fc.constantFrom([1, 2], [3], 1) })),
    ),
    trainable: () => ['alpha'],
  },
  ReLU: {
    draws: one(
      sample,
      options({
        maxValue: fc.constantFrom(null, 0.5, 6),
        negativeSlope: fc.constantFrom(0, 0.5),
        threshold: fc.constantFrom(0, 0.25),
      }),
    ),
  },
  Softmax: {
    draws: fc.oneof(
      one(sample, options({ axis: fc.constantFrom(-1, 1, [1]) })),
      one(smallPicture, options({ axis: fc.constantFrom([1, 2], [-1, 1]) })),
    ),
  },
  ThresholdedReLU: { draws: one(sample, options({ theta: fc.constantFrom(0, 0.5) })) },
} satisfies Readonly<Record<string, LayerSpec>>;
