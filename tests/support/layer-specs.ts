import fc from 'fast-check';
import type { Shape } from 'mapache/tensor';
import { permutations, shapes } from './arbitraries.js';

/** Options of one layer, and the shapes of inputs it takes. */
export interface LayerDraw {
  readonly config: Readonly<Record<string, unknown>>;
  /** With the batch in front. */
  readonly inputs: readonly Shape[];
}

/** How the contract test makes layers of one class. */
export interface LayerSpec {
  readonly draws: fc.Arbitrary<LayerDraw>;
  /** Names of the weights that training may change, in the order of files. @defaultValue none */
  readonly trainable?: (config: LayerDraw['config']) => readonly string[];
  /** Names of the weights that follow and never train. @defaultValue none */
  readonly fixed?: (config: LayerDraw['config']) => readonly string[];
}

type Options = Record<string, fc.Arbitrary<unknown>>;

/** Objects with some of the options; those in `required` are always there. */
function options<const R extends Options>(optional: Options, required?: R): fc.Arbitrary<Record<string, unknown>> {
  return fc.record({ ...optional, ...required }, { requiredKeys: Object.keys(required ?? {}) });
}

const initializer = fc.constantFrom<unknown>(
  'zeros',
  'glorot_uniform',
  'heNormal',
  { className: 'Constant', config: { value: 0.5 } },
  { className: 'VarianceScaling', config: { scale: 2, mode: 'fan_out', distribution: 'uniform', seed: 3 } },
);
const regularizer = fc.constantFrom<unknown>(null, 'l2', { className: 'L1L2', config: { l1: 0.1, l2: 0.2 } });
const constraint = fc.constantFrom<unknown>(null, { className: 'MaxNorm', config: { maxValue: 2, axis: 0 } });
/** Only smooth ones: no difference quotient is right at a kink, and a sum may come to lie anywhere. */
const activation = fc.constantFrom(null, 'linear', 'tanh', 'softmax', 'sigmoid', 'gelu', 'softplus', 'log_softmax');
const seed = fc.constantFrom(null, 0, 7);
const size = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });
const pairOf = (value: fc.Arbitrary<number>): fc.Arbitrary<unknown> => fc.oneof(value, fc.tuple(value, value));

/** Pictures that the largest window drawn below fits into. */
const picture: fc.Arbitrary<Shape> = fc.tuple(
  size(2),
  fc.integer({ min: 5, max: 6 }),
  fc.integer({ min: 5, max: 6 }),
  size(3),
);
const smallPicture: fc.Arbitrary<Shape> = fc.tuple(
  size(2),
  fc.integer({ min: 3, max: 4 }),
  fc.integer({ min: 3, max: 4 }),
  size(2),
);
const sample = shapes({ minRank: 2, maxRank: 4 });

const one = (input: fc.Arbitrary<Shape>, config: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<LayerDraw> =>
  fc.tuple(input, config).map(([shape, drawn]) => ({ config: drawn, inputs: [shape] }));

const without: fc.Arbitrary<Record<string, unknown>> = fc.constant({});

/** Two or three inputs that broadcast with the first, whose batch they share. */
const several = (least: number, most: number): fc.Arbitrary<LayerDraw> =>
  fc
    .tuple(
      sample,
      fc.array(fc.array(fc.boolean(), { minLength: 4, maxLength: 4 }), { minLength: least - 1, maxLength: most - 1 }),
    )
    .map(([shape, ones]) => ({
      config: {},
      inputs: [shape, ...ones.map((flags) => shape.map((n, axis) => (axis > 0 && flags[axis] ? 1 : n)))],
    }));

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
          biasConstraint: constraint,
          ...own,
        },
        { kernelSize: pairOf(size(3)), ...required },
      ),
    )
    .map(([moving, rest]) => ({ ...rest, ...moving }));
const withBias = (...kernels: readonly string[]) => {
  return ({ useBias = true }: LayerDraw['config']): readonly string[] => (useBias ? [...kernels, 'bias'] : kernels);
};

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

const pool = one(
  picture,
  options({
    poolSize: pairOf(size(3)),
    strides: fc.oneof(fc.constant(null), pairOf(size(3))),
    padding: fc.constantFrom('valid', 'same'),
  }),
);
const globalPool = one(
  smallPicture,
  options({ keepdims: fc.boolean(), dataFormat: fc.constantFrom('channels_last', 'channels_first') }),
);
const border = fc.integer({ min: 0, max: 1 });
const borders = fc.oneof(
  border,
  fc.tuple(border, border),
  fc.tuple(fc.tuple(border, border), fc.tuple(border, border)),
);

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

const random = (own: Options): fc.Arbitrary<Record<string, unknown>> => options({ seed }, own);
const rate = fc.constantFrom(0, 0.25, 0.5);

const reshaping: fc.Arbitrary<LayerDraw> = sample.chain((shape) =>
  permutations(shape.length - 1).chain((order) =>
    fc.tuple(fc.integer({ min: 0, max: shape.length - 1 }), fc.constantFrom(-1, null)).map(([open, unknown]) => ({
      config: { targetShape: order.map((axis, i) => (i === open ? unknown : (shape[axis + 1] as number))) },
      inputs: [shape],
    })),
  ),
);

const concatenation: fc.Arbitrary<LayerDraw> = fc
  .tuple(sample, fc.array(size(3), { minLength: 1, maxLength: 3 }))
  .chain(([shape, sizes]) =>
    fc.tuple(fc.integer({ min: 1, max: shape.length - 1 }), fc.boolean()).map(([axis, fromEnd]) => ({
      config: { axis: fromEnd ? axis - shape.length : axis },
      inputs: sizes.map((n) => shape.map((old, i) => (i === axis ? n : old))),
    })),
  );

const normalization: fc.Arbitrary<LayerDraw> = one(
  sample,
  fc.oneof(
    options({ axis: fc.constantFrom(-1, 1, [-1], [], null), invert: fc.boolean() }),
    options({ invert: fc.boolean() }, { mean: fc.constantFrom(0.5, [0.25]), variance: fc.constantFrom(2, [0.5]) }),
  ),
);

/** A spec for every layer. Forget one, and the contract test fails. */
export const layerSpecs: Readonly<Record<string, LayerSpec>> = {
  Activation: {
    draws: one(
      sample,
      options(
        {},
        {
          activation: fc.constantFrom(
            ...['linear', 'relu', 'relu6', 'leakyRelu', 'elu', 'celu', 'selu', 'gelu', 'silu', 'swish', 'hard_silu'],
            ...['mish', 'sigmoid', 'hardSigmoid', 'log_sigmoid', 'tanh', 'hard_tanh', 'tanh_shrink', 'softmax'],
            ...['log_softmax', 'softplus', 'softsign', 'squareplus', 'exponential'],
          ),
        },
      ),
    ),
  },
  Add: { draws: several(1, 3) },
  Average: { draws: several(1, 3) },
  AveragePooling2D: { draws: pool },
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
  Concatenate: { draws: concatenation },
  Conv2D: { draws: grouped, trainable: withBias('kernel') },
  Cropping2D: { draws: one(smallPicture, options({ cropping: borders })) },
  Dense: {
    draws: one(
      sample,
      options(
        {
          activation,
          useBias: fc.boolean(),
          kernelInitializer: initializer,
          biasInitializer: initializer,
          kernelRegularizer: regularizer,
          biasRegularizer: regularizer,
          kernelConstraint: constraint,
        },
        { units: size(3) },
      ),
    ),
    trainable: withBias('kernel'),
  },
  DepthwiseConv2D: {
    draws: one(
      picture,
      convolution({ depthMultiplier: size(2), depthwiseInitializer: initializer, depthwiseRegularizer: regularizer }),
    ),
    trainable: withBias('kernel'),
  },
  Dropout: {
    draws: fc.oneof(
      one(sample, random({ rate })),
      one(smallPicture, random({ rate, noiseShape: fc.constantFrom(null, [null, 1, 1, null], [1, null, null, 1]) })),
    ),
  },
  ELU: { draws: one(sample, options({ alpha: fc.constantFrom(0.5, 1, 2) })) },
  Flatten: { draws: one(sample, options({ dataFormat: fc.constantFrom('channels_last', 'channels_first') })) },
  GaussianDropout: { draws: one(sample, random({ rate })) },
  GaussianNoise: { draws: one(sample, random({ stddev: fc.constantFrom(0, 0.5) })) },
  GlobalAveragePooling2D: { draws: globalPool },
  GlobalMaxPooling2D: { draws: globalPool },
  Identity: { draws: one(sample, without) },
  LayerNormalization: {
    draws: fc.oneof(
      one(sample, options({ ...affineOptions, axis: fc.constantFrom(-1, 1, [-1]) })),
      one(smallPicture, options({ ...affineOptions, axis: fc.constantFrom([1, 2], [-1, 1], [2, 3]) })),
    ),
    trainable: affineWeights,
  },
  LeakyReLU: { draws: one(sample, options({ negativeSlope: fc.constantFrom(0, 0.1) })) },
  Maximum: { draws: several(1, 3) },
  MaxPooling2D: { draws: pool },
  Minimum: { draws: several(1, 3) },
  Multiply: { draws: several(1, 3) },
  Normalization: {
    draws: normalization,
    fixed: ({ mean = null }) => (mean === null ? ['mean', 'variance', 'count'] : []),
  },
  Permute: {
    draws: sample.chain((shape) =>
      permutations(shape.length - 1).map((order) => ({
        config: { dims: order.map((axis) => axis + 1) },
        inputs: [shape],
      })),
    ),
  },
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
  Rescaling: {
    draws: one(
      fc.tuple(size(2), size(3), fc.constant(2)),
      options({ offset: fc.constantFrom(-1, [0.5, 0]) }, { scale: fc.constantFrom(0.5, [2, 0.25]) }),
    ),
  },
  Reshape: { draws: reshaping },
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
  Softmax: {
    draws: fc.oneof(
      one(sample, options({ axis: fc.constantFrom(-1, 1, [1]) })),
      one(smallPicture, options({ axis: fc.constantFrom([1, 2], [-1, 1]) })),
    ),
  },
  SpatialDropout2D: { draws: one(smallPicture, random({ rate })) },
  Subtract: { draws: several(2, 2) },
  UpSampling2D: {
    draws: one(smallPicture, options({ size: pairOf(size(2)), interpolation: fc.constantFrom('nearest', 'bilinear') })),
  },
  ZeroPadding2D: { draws: one(smallPicture, options({ padding: borders })) },
};
