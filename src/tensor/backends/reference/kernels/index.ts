import type { PrimitiveName } from '../../../ops/primitives.js';
import type { Kernel } from '../block.js';
import { argMax } from './argMax.js';
import { add, div, maximum, minimum, mul, pow, sub } from './arithmetic.js';
import { avgPool2d, avgPool2dGradient } from './avgPool2d.js';
import { cast } from './cast.js';
import { equal, greater, greaterEqual, less, lessEqual, notEqual } from './comparison.js';
import { conv2d } from './conv2d.js';
import { conv2dFilterGradient } from './conv2dFilterGradient.js';
import { conv2dInputGradient } from './conv2dInputGradient.js';
import { depthwiseConv2d } from './depthwiseConv2d.js';
import { depthwiseConv2dFilterGradient } from './depthwiseConv2dFilterGradient.js';
import { depthwiseConv2dInputGradient } from './depthwiseConv2dInputGradient.js';
import { abs, exp, log, log1p, neg, sigmoid, sqrt, tanh } from './elementary.js';
import { erf } from './erf.js';
import { gather, oneHot, scatterAdd } from './gather.js';
import { broadcastTo, concat, pad, reshape, slice, transpose } from './layout.js';
import { logicalAnd, logicalNot, logicalOr } from './logic.js';
import { matmul } from './matmul.js';
import { maxPool2d, maxPool2dGradient, maxPool2dSelect } from './maxPool2d.js';
import { randomNormal, randomUniform } from './random.js';
import { max, min, sum } from './reduce.js';
import { relu, reluGradient } from './relu.js';
import { resizeBilinear, resizeBilinearGradient } from './resizeBilinear.js';
import { resizeNearest, resizeNearestGradient } from './resizeNearest.js';
import { where } from './where.js';

/** The kernel of every primitive. One that is missing does not compile. */
export const referenceKernels: { readonly [K in PrimitiveName]: Kernel<K> } = {
  add,
  sub,
  mul,
  div,
  pow,
  maximum,
  minimum,
  equal,
  notEqual,
  less,
  lessEqual,
  greater,
  greaterEqual,
  logicalAnd,
  logicalOr,
  logicalNot,
  where,
  neg,
  abs,
  exp,
  log,
  log1p,
  sqrt,
  tanh,
  sigmoid,
  relu,
  reluGradient,
  erf,
  cast,
  sum,
  max,
  min,
  argMax,
  matmul,
  conv2d,
  conv2dInputGradient,
  conv2dFilterGradient,
  depthwiseConv2d,
  depthwiseConv2dInputGradient,
  depthwiseConv2dFilterGradient,
  maxPool2d,
  maxPool2dGradient,
  maxPool2dSelect,
  avgPool2d,
  avgPool2dGradient,
  reshape,
  transpose,
  broadcastTo,
  pad,
  slice,
  concat,
  gather,
  scatterAdd,
  oneHot,
  resizeBilinear,
  resizeBilinearGradient,
  resizeNearest,
  resizeNearestGradient,
  randomUniform,
  randomNormal,
};
