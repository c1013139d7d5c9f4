import {
  abs,
  cast,
  clip,
  type DType,
  div,
  dtypes,
  elu,
  erf,
  exp,
  floatx,
  gelu,
  invalidOption,
  isFloating,
  leakyRelu,
  log,
  log1p,
  neg,
  oneHot,
  ones,
  rsqrt,
  sqrt,
  square,
  sub,
  type Tensor,
  zeros,
} from '../../tensor/index.js';
import { getActivation } from '../activations.js';
import { floor } from './arithmetic.js';
import type { Given, OperationRecord } from './operation.js';

/** A function of every element by itself. */
function unary(name: string, compute: (x: Tensor, given: Given) => Tensor): OperationRecord {
  return { name, arguments: ['x'], compute: (given) => compute(given.tensor('x'), given) };
}

/** A function of floats; integers are taken for floats. */
function smooth(name: string, compute: (x: Tensor, given: Given) => Tensor): OperationRecord {
  return unary(name, (x, given) => compute(isFloating(x.dtype) ? x : cast(x, floatx()), given));
}

/** One of the activations, by its name there. */
function activation(name: string, identifier: string): OperationRecord {
  return smooth(name, (x) => getActivation(identifier).apply(x));
}

function castTo(given: Given, otherwise: DType = floatx()): DType {
  const wanted = given.option<unknown>('dtype', otherwise);
  const dtype = dtypes.find((known) => known === wanted);
  if (dtype === undefined) throw invalidOption('cast', 'dtype', `one of ${dtypes.join(', ')}`, wanted);
  return dtype;
}

/** What is done to every element by itself. */
export const elementwise: readonly OperationRecord[] = [
  unary('Absolute', abs),
  unary('Abs', abs),
  unary('Square', square),
  smooth('Sqrt', sqrt),
  smooth('Rsqrt', rsqrt),
  smooth('Exp', exp),
  smooth('Expm1', (x) => sub(exp(x), 1)),
  smooth('Log', log),
  smooth('Log1p', log1p),
  smooth('Erf', erf),
  smooth('Reciprocal', (x) => div(1, x)),
  unary('Floor', floor),
  unary('Ceil', (x) => neg(floor(neg(x)))),
  unary('Cast', (x, given) => cast(x, castTo(given))),
  unary('Clip', (x, given) => clip(x, given.option('xMin', -Infinity), given.option('xMax', Infinity))),
  unary('ConvertToTensor', (x, given) => cast(x, castTo(given, x.dtype))),
  unary('ZerosLike', (x, given) => zeros(x.shape, castTo(given, x.dtype))),
  unary('OnesLike', (x, given) => ones(x.shape, castTo(given, x.dtype))),
  unary('OneHot', (x, given) => oneHot(cast(x, 'int32'), given.option('numClasses', 1))),
  activation('Relu', 'relu'),
  activation('Relu6', 'relu6'),
  activation('Sigmoid', 'sigmoid'),
  activation('Tanh', 'tanh'),
  activation('Silu', 'silu'),
  activation('Softplus', 'softplus'),
  activation('Softsign', 'softsign'),
  activation('Selu', 'selu'),
  activation('HardSigmoid', 'hard_sigmoid'),
  activation('HardSilu', 'hard_silu'),
  activation('LogSigmoid', 'log_sigmoid'),
  activation('Mish', 'mish'),
  smooth('Gelu', (x, given) => gelu(x, { approximate: given.option('approximate', true) })),
  smooth('Elu', (x, given) => elu(x, given.option('alpha', 1))),
  smooth('LeakyRelu', (x, given) => leakyRelu(x, given.option('negativeSlope', 0.2))),
];
