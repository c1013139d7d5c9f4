import fc from 'fast-check';
import type { Shape } from 'mapache/tensor';
import {
  activation,
  constraint,
  inEitherFormat,
  initializer,
  type LayerDraw,
  type LayerSpec,
  type Options,
  one,
  options,
  picture,
  regularizer,
  sequence,
  size,
  sizesOf,
  smallPicture,
  volume,
  withBias,
} from './draws.js';

type Axes = 1 | 2 | 3;

const window = (axes: Axes): fc.Arbitrary<Record<string, unknown>> =>
  fc.oneof(options({ strides: sizesOf(size(2), axes) }), options({ dilationRate: sizesOf(size(2), axes) }));

const convolution = (
  axes: Axes,
  own: Options,
  required: Options = {},
  paddings: readonly string[] = ['valid', 'same'],
): fc.Arbitrary<Record<string, unknown>> =>
  fc
    .tuple(
      window(axes),
      options(
        {
          padding: fc.constantFrom(...paddings),
          activation,
          useBias: fc.boolean(),
          biasInitializer: initializer,
          biasRegularizer: regularizer,
          activityRegularizer: regularizer,
          biasConstraint: constraint,
          ...own,
        },
        { kernelSize: sizesOf(size(axes === 3 ? 2 : 3), axes), ...required },
      ),
    )
    .map(([moving, rest]) => ({ ...rest, ...moving }));

const kernel: Options = {
  kernelInitializer: initializer,
  kernelRegularizer: regularizer,
  kernelConstraint: constraint,
};

const grouped = (axes: Axes, input: fc.Arbitrary<Shape>, paddings?: readonly string[]): fc.Arbitrary<LayerDraw> =>
  inEitherFormat(
    fc
      .tuple(input, size(2), size(2), convolution(axes, kernel, {}, paddings))
      .map(([shape, groups, multiple, config]) => ({
        config: { ...config, groups, filters: groups * multiple },
        inputs: [[...shape.slice(0, -1), groups * (shape.at(-1) as number)]],
      })),
  );

const transposed = (axes: Axes, input: fc.Arbitrary<Shape>): fc.Arbitrary<LayerDraw> =>
  inEitherFormat(
    one(
      input,
      fc
        .tuple(convolution(axes, kernel, { filters: size(2) }), fc.boolean())
        .map(([{ outputPadding, strides = 1, ...config }, extra]) => {
          const least = Math.min(...[strides as number | readonly number[]].flat());
          return { ...config, strides, ...(extra && { outputPadding: least - 1 }) };
        }),
    ),
  );

const depthwise: Options = {
  depthMultiplier: size(2),
  depthwiseInitializer: initializer,
  depthwiseRegularizer: regularizer,
};

const separable = (axes: Axes, input: fc.Arbitrary<Shape>): LayerSpec => ({
  draws: inEitherFormat(
    one(
      input,
      convolution(
        axes,
        { depthMultiplier: size(2), depthwiseInitializer: initializer, pointwiseRegularizer: regularizer },
        { filters: size(2) },
      ),
    ),
  ),
  trainable: withBias('depthwise_kernel', 'pointwise_kernel'),
});

const largePicture = smallPicture.map(([batch = 1, , , channels = 1]): Shape => [batch, 5, 6, channels]);
const shortSequence = fc.tuple(size(2), size(4), size(2));
const tinyPicture = fc.tuple(size(2), size(3), size(3), size(2));
const tinyVolume = fc.tuple(size(2), size(2), size(2), size(2), size(2));

export const convolutionSpecs = {
  Conv1D: { draws: grouped(1, sequence, ['valid', 'same', 'causal']), trainable: withBias('kernel') },
  Conv1DTranspose: { draws: transposed(1, shortSequence), trainable: withBias('kernel') },
  Conv2D: { draws: grouped(2, largePicture), trainable: withBias('kernel') },
  Conv2DTranspose: { draws: transposed(2, tinyPicture), trainable: withBias('kernel') },
  Conv3D: { draws: grouped(3, volume), trainable: withBias('kernel') },
  Conv3DTranspose: { draws: transposed(3, tinyVolume), trainable: withBias('kernel') },
  DepthwiseConv1D: {
    draws: inEitherFormat(one(sequence, convolution(1, depthwise))),
    trainable: withBias('kernel'),
  },
  DepthwiseConv2D: {
    draws: inEitherFormat(one(picture, convolution(2, depthwise))),
    trainable: withBias('kernel'),
  },
  SeparableConv1D: separable(1, sequence),
  SeparableConv2D: separable(2, picture),
} satisfies Readonly<Record<string, LayerSpec>>;
