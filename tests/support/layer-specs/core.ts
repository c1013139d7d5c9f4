import fc from 'fast-check';
import {
  activation,
  constraint,
  initializer,
  type LayerSpec,
  one,
  options,
  regularizer,
  sample,
  size,
  withBias,
  without,
} from './draws.js';

const equations = fc.constantFrom(
  { equation: 'ab,bc->ac', input: [2, 3], outputShape: 2, biasAxes: 'c' },
  { equation: 'abc,cd->abd', input: [2, 2, 3], outputShape: [null, 2], biasAxes: 'd' },
  { equation: 'abc,cde->abde', input: [1, 2, 2], outputShape: [null, 2, 2], biasAxes: 'de' },
  { equation: 'abcd,cde->abe', input: [1, 2, 2, 2], outputShape: [null, 3], biasAxes: 'e' },
  { equation: 'abc,bd->adc', input: [2, 3, 2], outputShape: [2, null], biasAxes: 'd' },
  { equation: '...x,xy->...y', input: [2, 2, 3], outputShape: 2, biasAxes: 'y' },
  { equation: 'ab...,bc->ac...', input: [2, 3, 2], outputShape: 2, biasAxes: 'c' },
);

export const coreSpecs = {
  Activation: {
    draws: one(
      sample,
      options(
        {},
        {
          activation: fc.constantFrom(
            ...['linear', 'relu', 'relu6', 'leakyRelu', 'elu', 'celu', 'selu', 'gelu', 'silu', 'swish', 'hard_silu'],
            ...['mish', 'sigmoid', 'hardSigmoid', 'log_sigmoid', 'tanh', 'hard_tanh', 'tanh_shrink', 'softmax'],
            ...['log_softmax', 'softplus', 'softsign', 'squareplus', 'exponential', 'sparse_plus', 'sparse_sigmoid'],
            ...['hard_shrink', 'soft_shrink'],
          ),
        },
      ),
    ),
  },
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
          activityRegularizer: regularizer,
          kernelConstraint: constraint,
        },
        { units: size(3) },
      ),
    ),
    trainable: withBias('kernel'),
  },
  EinsumDense: {
    draws: equations.chain(({ equation, input, outputShape, biasAxes }) =>
      one(
        fc.constant(input),
        options(
          {
            activation,
            kernelInitializer: initializer,
            biasInitializer: initializer,
            kernelRegularizer: regularizer,
            biasRegularizer: regularizer,
            kernelConstraint: constraint,
          },
          {
            equation: fc.constant(equation),
            outputShape: fc.constant(outputShape),
            biasAxes: fc.constantFrom(null, biasAxes),
          },
        ),
      ),
    ),
    trainable: ({ biasAxes }) => (biasAxes === null ? ['kernel'] : ['kernel', 'bias']),
  },
  Embedding: {
    draws: fc
      .tuple(sample, size(4))
      .chain(([shape, inputDim]) =>
        options(
          { embeddingsInitializer: initializer, embeddingsRegularizer: regularizer, maskZero: fc.boolean() },
          { inputDim: fc.constant(inputDim), outputDim: size(3) },
        ).map((config) => ({ config, inputs: [shape.slice(0, 3)], kinds: { 0: { below: inputDim } } })),
      ),
    trainable: () => ['embeddings'],
  },
  Identity: { draws: one(sample, without) },
  Masking: { draws: one(sample, options({ maskValue: fc.constantFrom(0, 0.5) })) },
} satisfies Readonly<Record<string, LayerSpec>>;
