import fc from 'fast-check';
import {
  constraint,
  initializer,
  type LayerDraw,
  type LayerSpec,
  type Options,
  one,
  options,
  regularizer,
  sample,
  smallPicture,
} from './draws.js';

const affineOptions: Options = {
  epsilon: fc.constantFrom(1e-3, 0.1),
  center: fc.boolean(),
  scale: fc.boolean(),
  betaInitializer: initializer,
  gammaInitializer: initializer,
  betaRegularizer: regularizer,
  gammaConstraint: constraint,
};

const affineWeights = ({ scale = true, center = true }: LayerDraw['config']): readonly string[] => [
  ...(scale ? ['gamma'] : []),
  ...(center ? ['beta'] : []),
];

export const normalizationSpecs = {
  BatchNormalization: {
    draws: one(
      sample,
      options({
        ...affineOptions,
        axis: fc.constantFrom(-1, 1, [-1], [1]),
        momentum: fc.constantFrom(0, 0.5, 0.99),
        movingMeanInitializer: initializer,
        movingVarianceInitializer: initializer,
      }),
    ),
    trainable: affineWeights,
    fixed: () => ['moving_mean', 'moving_variance'],
  },
  LayerNormalization: {
    draws: fc.oneof(
      one(sample, options({ ...affineOptions, axis: fc.constantFrom(-1, 1, [-1]) })),
      one(smallPicture, options({ ...affineOptions, axis: fc.constantFrom([1, 2], [-1, 1], [2, 3]) })),
    ),
    trainable: affineWeights,
  },
} satisfies Readonly<Record<string, LayerSpec>>;
