import {
  ArgumentError,
  abs,
  add,
  clip,
  div,
  elu,
  exp,
  formatValue,
  gelu,
  hardSigmoid,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  lookupKey,
  mul,
  relu,
  relu6,
  selu,
  sigmoid,
  silu,
  softmax,
  softplus,
  sqrt,
  square,
  sub,
  type Tensor,
  tanh,
} from '../tensor/index.js';

/** A function applied to what a layer has computed, with the name files know it by. */
export interface ActivationFunction {
  /** Keras's name, in snake case. */
  readonly name: string;
  apply(x: Tensor): Tensor;
}

/** An activation, its name in camelCase or snake case, or a function of your own. */
export type ActivationLike = ActivationFunction | string | ((x: Tensor) => Tensor);

/** Keras's activations under Keras's names. */
const builtIn: Readonly<Record<string, (x: Tensor) => Tensor>> = {
  linear: (x) => x,
  relu,
  relu6,
  leaky_relu: (x) => leakyRelu(x, 0.2),
  elu,
  celu: elu,
  selu,
  gelu,
  silu,
  hard_silu: (x) => mul(x, hardSigmoid(x)),
  mish: (x) => mul(x, tanh(softplus(x))),
  sigmoid,
  hard_sigmoid: hardSigmoid,
  log_sigmoid: logSigmoid,
  tanh,
  hard_tanh: (x) => clip(x, -1, 1),
  tanh_shrink: (x) => sub(x, tanh(x)),
  softmax,
  log_softmax: logSoftmax,
  softplus,
  softsign: (x) => div(x, add(abs(x), 1)),
  squareplus: (x) => div(add(x, sqrt(add(square(x), 4))), 2),
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
