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
  Identity: { draws: one(sample, without) },
} satisfies Readonly<Record<string, LayerSpec>>;
