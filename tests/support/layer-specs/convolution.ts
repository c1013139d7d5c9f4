import fc from 'fast-check';
import {
  activation,
  constraint,
  initializer,
  type LayerDraw,
  type LayerSpec,
  type Options,
  one,
  options,
  pairOf,
  picture,
  regularizer,
  size,
  smallPicture,
  withBias,
} from './draws.js';

const window = fc.oneof(options({ strides: pairOf(size(2)) }), options({ dilationRate: pairOf(size(2)) }));

const convolution = (own: Options, required: Options = {}): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .tuple(
      window,
      options(
        {
          padding: fc.constantFrom('valid', 'same'),
          activation,
          useBias: fc.boolean(),
          biasInitializer: initializer,
          biasRegularizer: regularizer,
          activityRegularizer: regularizer,
          biasConstraint: constraint,
          ...own,
        },
        { kernelSize: pairOf(size(3)), ...required },
      ),
    )
    .map(([moving, rest]) => ({ ...rest, ...moving }));

const grouped: fc.Arbitrary<LayerDraw> = fc
  .tuple(
    smallPicture,
    size(2),
    size(2),
    convolution({ kernelInitializer: initializer, kernelRegularizer: regularizer }),
  )
  .map(([[batch = 1, , , channels = 1], groups, multiple, config]) => ({
    config: { ...config, groups, filters: groups * multiple },
    inputs: [[batch, 5, 6, groups * channels]],
  }));

export const convolutionSpecs = {
  Conv2D: { draws: grouped, trainable: withBias('kernel') },
  DepthwiseConv2D: {
    draws: one(
      picture,
      convolution({ depthMultiplier: size(2), depthwiseInitializer: initializer, depthwiseRegularizer: regularizer }),
    ),
    trainable: withBias('kernel'),
  },
  SeparableConv2D: {
    draws: one(
      picture,
      convolution(
        { depthMultiplier: size(2), depthwiseInitializer: initializer, pointwiseRegularizer: regularizer },
        { filters: size(2) },
      ),
    ),
    trainable: withBias('depthwise_kernel', 'pointwise_kernel'),
  },
} satisfies Readonly<Record<string, LayerSpec>>;
