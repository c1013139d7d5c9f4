import {
  ArgumentError,
  celu,
  elu,
  exp,
  formatValue,
  gelu,
  glu,
  hardShrink,
  hardSigmoid,
  hardSilu,
  hardTanh,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  lookupKey,
  mish,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  softShrink,
  softsign,
  sparsemax,
  sparsePlus,
  sparseSigmoid,
  squareplus,
  type Tensor,
  tanh,
  tanhShrink,
} from '../tensor/index.js';

/** A function applied to what a layer has computed, with the name files know it by. */
export interface ActivationFunction {
  /** Keras's name, in snake case. */
  readonly name: string;
  apply(x: Tensor): Tensor;
}

/** An activation, its name in camelCase or snake case, or a function of your own. */
export type ActivationLike = ActivationFunction | string | ((x: Tensor) => Tensor);

/**
 * Keras's activations under Keras's names, with the defaults of their options. `threshold` has none: give
 * `(x) => threshold(x, 1, 0)`.
 */
const builtIn: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  linear: (x) => x,
  relu,
  relu6,
  leaky_relu: (x) => leakyRelu(x, 0.2),
  elu,
  celu,
  selu,
  gelu,
  glu,
  silu,
  hard_silu: hardSilu,
  mish,
  sigmoid,
  hard_sigmoid: hardSigmoid,
  log_sigmoid: logSigmoid,
  sparse_sigmoid: sparseSigmoid,
  tanh,
  hard_tanh: hardTanh,
  tanh_shrink: tanhShrink,
  hard_shrink: hardShrink,
  soft_shrink: softShrink,
  softmax,
  log_softmax: logSoftmax,
  sparsemax,
  softplus,
  sparse_plus: sparsePlus,
  softsign,
  squareplus,
  exponential: exp,
};

const known = new Map(
  Object.entries(builtIn).map(([name, apply]): [string, ActivationFunction] => [lookupKey(name), { name, apply }]),
);
known.set('swish', known.get('silu') as ActivationFunction);
known.set('hardswish', known.get('hardsilu') as ActivationFunction);

/**
 * Makes a function of your own known by a name, so that models which use it can be loaded.
 * @throws {ArgumentError} if the name is taken.
 */
export function registerActivation(name: string, apply: (x: Tensor) => Tensor): void {
  if (known.has(lookupKey(name))) {
    throw new ArgumentError({
      operation: 'registerActivation',
      expected: 'a name that is not taken',
      received: formatValue(name),
      remedy: 'Call it something else.',
    });
  }
  known.set(lookupKey(name), { name, apply });
}

/** The activation that is meant; `linear` for none. @throws {ArgumentError} for an unknown name, listing the known ones. */
export function getActivation(like: ActivationLike | null | undefined): ActivationFunction {
  if (typeof like === 'function') {
    return [...known.values()].find(({ apply }) => apply === like) ?? { name: like.name, apply: like };
  }
  if (isActivation(like)) return like;
  const name = isFunctionDescription(like) ? like.config : (like ?? 'linear');
  const found = typeof name === 'string' ? known.get(lookupKey(name)) : undefined;
  if (found !== undefined) return found;
  throw new ArgumentError({
    operation: 'getActivation',
    expected: `an activation or one of ${[...known.values()].map((activation) => activation.name).join(', ')}`,
    received: formatValue(name),
    remedy: 'Make functions of your own known with registerActivation(name, fn).',
  });
}

function isActivation(like: unknown): like is ActivationFunction {
  return typeof like === 'object' && like !== null && 'apply' in like && typeof like.apply === 'function';
}

/** Keras describes functions of one's own as `{ class_name: 'function', config: name }`. */
function isFunctionDescription(like: unknown): like is { readonly config: string } {
  return typeof like === 'object' && like !== null && 'config' in like && typeof like.config === 'string';
}
