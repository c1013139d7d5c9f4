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
  size,
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
  GroupNormalization: {
    draws: fc
      .tuple(sample, options({ ...affineOptions, axis: fc.constantFrom(-1, 1) }), fc.constantFrom(1, 2, -1))
      .map(([shape, config, groups]) => {
        const axis = config.axis === 1 ? 1 : shape.length - 1;
        const channels = shape.map((n, i) => (i === axis ? n * Math.abs(groups) : n));
        return { config: { ...config, groups }, inputs: [channels] };
      }),
    trainable: affineWeights,
  },
  LayerNormalization: {
    draws: fc.oneof(
      one(sample, options({ ...affineOptions, axis: fc.constantFrom(-1, 1, [-1]) })),
      one(smallPicture, options({ ...affineOptions, axis: fc.constantFrom([1, 2], [-1, 1], [2, 3]) })),
    ),
    trainable: affineWeights,
  },
  LayerScale: {
    draws: one(
      fc.tuple(size(2), size(3), fc.constant(3)),
      options({}, { initValues: fc.constantFrom(1e-6, 0.5), projectionDim: fc.constant(3) }),
    ),
    trainable: () => ['gamma'],
  },
  RMSNormalization: {
    draws: fc.oneof(
      one(sample, options({ axis: fc.constantFrom(-1, 1, [-1]), epsilon: fc.constantFrom(1e-6, 0.1) })),
      one(smallPicture, options({ axis: fc.constantFrom([1, 2], [2, 3]) })),
    ),
    trainable: () => ['scale'],
  },
  UnitNormalization: {
    draws: fc.oneof(
      one(sample, options({ axis: fc.constantFrom(-1, 1) })),
      one(smallPicture, options({ axis: fc.constantFrom([1, 2], [-1, 1]) })),
    ),
  },
} satisfies Readonly<Record<string, LayerSpec>>;
