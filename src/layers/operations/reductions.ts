import {
  argMax,
  cast,
  div,
  expandDims,
  floatx,
  isFloating,
  logSoftmax,
  logSumExp,
  max,
  maximum,
  mean,
  min,
  type ReduceOptions,
  softmax,
  sqrt,
  square,
  sum,
  type Tensor,
  variance,
} from '../../tensor/index.js';
import type { Given, OperationRecord } from './operation.js';
import { unsupportedOption } from './unsupported.js';

type Reduction = (x: Tensor, options: ReduceOptions) => Tensor;

function reduceOptions(given: Given): ReduceOptions {
  const axes = given.option<number | readonly number[] | null>('axis', null);
  const keepDims = given.option('keepdims', false);
  return axes === null ? { keepDims } : { axes, keepDims };
}

function reduction(name: string, reduce: Reduction): OperationRecord {
  return { name, arguments: ['x'], compute: (given) => reduce(given.tensor('x'), reduceOptions(given)) };
}

function asNumber(x: Tensor): Tensor {
  return x.dtype === 'bool' ? cast(x, 'int32') : x;
}

function asFloat(x: Tensor): Tensor {
  return isFloating(x.dtype) ? x : cast(x, floatx());
}

/** What several elements make together. */
export const reductions: readonly OperationRecord[] = [
  reduction('Sum', (x, options) => sum(asNumber(x), options)),
  reduction('Mean', (x, options) => mean(asFloat(x), options)),
  reduction('Max', max),
  reduction('Min', min),
  reduction('Amax', max),
  reduction('Amin', min),
  reduction('Any', (x, options) => cast(max(cast(cast(x, 'bool'), 'int32'), options), 'bool')),
  reduction('All', (x, options) => cast(min(cast(cast(x, 'bool'), 'int32'), options), 'bool')),
  reduction('Var', (x, options) => variance(asFloat(x), options)),
  reduction('Std', (x, options) => sqrt(variance(asFloat(x), options))),
  reduction('Logsumexp', (x, options) => logSumExp(asFloat(x), options)),
  {
    name: 'Norm',
    arguments: ['x'],
    compute: (given) => {
      const order = given.option<unknown>('ord', null);
      if (order !== null && order !== 2 && order !== 'fro') throw unsupportedOption('norm', 'ord', 'null or 2', order);
      return sqrt(sum(square(asFloat(given.tensor('x'))), reduceOptions(given)));
    },
  },
  {
    name: 'Normalize',
    arguments: ['x'],
    compute: (given) => {
      const order = given.option<unknown>('order', 2);
      if (order !== 2) throw unsupportedOption('normalize', 'order', '2', order);
      const x = asFloat(given.tensor('x'));
      const squares = sum(square(x), { axes: given.option('axis', -1), keepDims: true });
      // Keras's bound is on the norm; its square is what is compared here.
      return div(x, maximum(sqrt(squares), given.option('epsilon', 1e-7)));
    },
  },
  {
    name: 'Argmax',
    arguments: ['x'],
    compute: (given) => {
      const axis = given.option('axis', -1);
      const found = argMax(given.tensor('x'), axis);
      return given.option('keepdims', false) ? expandDims(found, axis) : found;
    },
  },
  {
    name: 'Softmax',
    arguments: ['x'],
    compute: (given) => softmax(asFloat(given.tensor('x')), given.option('axis', -1)),
  },
  {
    name: 'LogSoftmax',
    arguments: ['x'],
    compute: (given) => logSoftmax(asFloat(given.tensor('x')), given.option('axis', -1)),
  },
];
