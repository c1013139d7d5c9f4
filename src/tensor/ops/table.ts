import { absPrimitive } from './abs.js';
import { addPrimitive } from './add.js';
import { argMaxPrimitive } from './argMax.js';
import { avgPool2dPrimitive } from './avgPool2d.js';
import { avgPool2dGradientPrimitive } from './avgPool2dGradient.js';
import { broadcastToPrimitive } from './broadcastTo.js';
import { castPrimitive } from './cast.js';
import { concatPrimitive } from './concat.js';
import { conv2dPrimitive } from './conv2d.js';
import { conv2dFilterGradientPrimitive } from './conv2dFilterGradient.js';
import { conv2dInputGradientPrimitive } from './conv2dInputGradient.js';
import type { Primitive } from './define.js';
import { depthwiseConv2dPrimitive } from './depthwiseConv2d.js';
import { depthwiseConv2dFilterGradientPrimitive } from './depthwiseConv2dFilterGradient.js';
import { depthwiseConv2dInputGradientPrimitive } from './depthwiseConv2dInputGradient.js';
import { divPrimitive } from './div.js';
import { equalPrimitive } from './equal.js';
import { erfPrimitive } from './erf.js';
import { expPrimitive } from './exp.js';
import { gatherPrimitive } from './gather.js';
import { greaterPrimitive } from './greater.js';
import { greaterEqualPrimitive } from './greaterEqual.js';
import { lessPrimitive } from './less.js';
import { lessEqualPrimitive } from './lessEqual.js';
import { logPrimitive } from './log.js';
import { log1pPrimitive } from './log1p.js';
import { logicalAndPrimitive } from './logicalAnd.js';
import { logicalNotPrimitive } from './logicalNot.js';
import { logicalOrPrimitive } from './logicalOr.js';
import { matmulPrimitive } from './matmul.js';
import { maxPrimitive } from './max.js';
import { maximumPrimitive } from './maximum.js';
import { maxPool2dPrimitive } from './maxPool2d.js';
import { maxPool2dGradientPrimitive } from './maxPool2dGradient.js';
import { maxPool2dSelectPrimitive } from './maxPool2dSelect.js';
import { minPrimitive } from './min.js';
import { minimumPrimitive } from './minimum.js';
import { mulPrimitive } from './mul.js';
import { negPrimitive } from './neg.js';
import { notEqualPrimitive } from './notEqual.js';
import { oneHotPrimitive } from './oneHot.js';
import { padPrimitive } from './pad.js';
import { powPrimitive } from './pow.js';
import type { PrimitiveName } from './primitives.js';
import { randomNormalPrimitive } from './randomNormal.js';
import { randomUniformPrimitive } from './randomUniform.js';
import { reluPrimitive } from './relu.js';
import { reluGradientPrimitive } from './reluGradient.js';
import { reshapePrimitive } from './reshape.js';
import { resizeBilinearPrimitive } from './resizeBilinear.js';
import { resizeBilinearGradientPrimitive } from './resizeBilinearGradient.js';
import { resizeNearestPrimitive } from './resizeNearest.js';
import { resizeNearestGradientPrimitive } from './resizeNearestGradient.js';
import { scatterAddPrimitive } from './scatterAdd.js';
import { sigmoidPrimitive } from './sigmoid.js';
import { slicePrimitive } from './slice.js';
import { sqrtPrimitive } from './sqrt.js';
import { subPrimitive } from './sub.js';
import { sumPrimitive } from './sum.js';
import { tanhPrimitive } from './tanh.js';
import { transposePrimitive } from './transpose.js';
import { wherePrimitive } from './where.js';

/** Every primitive's definition. Forget one and this does not compile. */
export const primitives: { readonly [K in PrimitiveName]: Primitive<K> } = {
  add: addPrimitive,
  sub: subPrimitive,
  mul: mulPrimitive,
  div: divPrimitive,
  pow: powPrimitive,
  maximum: maximumPrimitive,
  minimum: minimumPrimitive,
  equal: equalPrimitive,
  notEqual: notEqualPrimitive,
  less: lessPrimitive,
  lessEqual: lessEqualPrimitive,
  greater: greaterPrimitive,
  greaterEqual: greaterEqualPrimitive,
  logicalAnd: logicalAndPrimitive,
  logicalOr: logicalOrPrimitive,
  logicalNot: logicalNotPrimitive,
  where: wherePrimitive,
  neg: negPrimitive,
  abs: absPrimitive,
  exp: expPrimitive,
  log: logPrimitive,
  log1p: log1pPrimitive,
  sqrt: sqrtPrimitive,
  tanh: tanhPrimitive,
  sigmoid: sigmoidPrimitive,
  erf: erfPrimitive,
  relu: reluPrimitive,
  reluGradient: reluGradientPrimitive,
  cast: castPrimitive,
  sum: sumPrimitive,
  max: maxPrimitive,
  min: minPrimitive,
  argMax: argMaxPrimitive,
  matmul: matmulPrimitive,
  conv2d: conv2dPrimitive,
  conv2dInputGradient: conv2dInputGradientPrimitive,
  conv2dFilterGradient: conv2dFilterGradientPrimitive,
  depthwiseConv2d: depthwiseConv2dPrimitive,
  depthwiseConv2dInputGradient: depthwiseConv2dInputGradientPrimitive,
  depthwiseConv2dFilterGradient: depthwiseConv2dFilterGradientPrimitive,
  maxPool2d: maxPool2dPrimitive,
  maxPool2dGradient: maxPool2dGradientPrimitive,
  maxPool2dSelect: maxPool2dSelectPrimitive,
  avgPool2d: avgPool2dPrimitive,
  avgPool2dGradient: avgPool2dGradientPrimitive,
  reshape: reshapePrimitive,
  transpose: transposePrimitive,
  broadcastTo: broadcastToPrimitive,
  pad: padPrimitive,
  slice: slicePrimitive,
  concat: concatPrimitive,
  gather: gatherPrimitive,
  scatterAdd: scatterAddPrimitive,
  oneHot: oneHotPrimitive,
  resizeBilinear: resizeBilinearPrimitive,
  resizeBilinearGradient: resizeBilinearGradientPrimitive,
  resizeNearest: resizeNearestPrimitive,
  resizeNearestGradient: resizeNearestGradientPrimitive,
  randomUniform: randomUniformPrimitive,
  randomNormal: randomNormalPrimitive,
};

export const primitiveNames = Object.keys(primitives) as readonly PrimitiveName[];
