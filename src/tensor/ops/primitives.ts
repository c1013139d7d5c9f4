import type { DType } from '../dtype.js';
import type { Shape } from '../shape.js';

/** Params of a primitive that has none. */
export type NoParams = null;

/** Elements added before and after one dimension. */
export type PadPair = readonly [before: number, after: number];

/** A pair of sizes: rows, then columns. */
export type Size2d = readonly [height: number, width: number];

/** Axes to reduce, checked and sorted. */
export interface ReduceParams {
  readonly axes: readonly number[];
  readonly keepDims: boolean;
}

/** How a window moves over rows and columns. `padding` is always explicit here: `[[top, bottom], [left, right]]`. */
export interface WindowParams {
  readonly strides: Size2d;
  readonly padding: readonly [PadPair, PadPair];
}

export interface ConvParams extends WindowParams {
  readonly dilations: Size2d;
}

export interface GroupedConvParams extends ConvParams {
  readonly groups: number;
}

export interface PoolParams extends WindowParams {
  readonly poolSize: Size2d;
}

/** Which source coordinate an output coordinate stands for. */
export interface ResizeParams {
  readonly size: Size2d;
  /** Corners of both grids coincide (Keras 1 and old TensorFlow). */
  readonly alignCorners: boolean;
  /** Pixels are areas, not points: `source = (i + 0.5) * scale - 0.5` (TensorFlow 2, Keras 2 and 3). */
  readonly halfPixelCenters: boolean;
}

/** Where a rectified linear unit saturates; infinity for nowhere. */
export interface ReluParams {
  readonly maximum: number;
}

export interface RandomParams {
  readonly shape: Shape;
  readonly dtype: 'float32' | 'float64';
  readonly seed: number;
  readonly stream: number;
}

/**
 * Every primitive and its params: the compiler's to-do list. A definition in `table.ts` and a kernel in each total
 * backend must exist for every line, or nothing compiles.
 */
export interface PrimitiveParams {
  add: NoParams;
  sub: NoParams;
  mul: NoParams;
  div: NoParams;
  pow: NoParams;
  maximum: NoParams;
  minimum: NoParams;

  equal: NoParams;
  notEqual: NoParams;
  less: NoParams;
  lessEqual: NoParams;
  greater: NoParams;
  greaterEqual: NoParams;
  logicalAnd: NoParams;
  logicalOr: NoParams;
  logicalNot: NoParams;
  where: NoParams;

  neg: NoParams;
  abs: NoParams;
  exp: NoParams;
  log: NoParams;
  log1p: NoParams;
  sqrt: NoParams;
  tanh: NoParams;
  sigmoid: NoParams;
  erf: NoParams;
  relu: ReluParams;
  reluGradient: ReluParams;
  cast: { readonly dtype: DType };

  sum: ReduceParams;
  max: ReduceParams;
  min: ReduceParams;
  argMax: { readonly axis: number };

  matmul: { readonly transposeA: boolean; readonly transposeB: boolean };

  conv2d: GroupedConvParams;
  conv2dInputGradient: GroupedConvParams & { readonly inputShape: Shape };
  conv2dFilterGradient: GroupedConvParams & { readonly filterShape: Shape };
  depthwiseConv2d: ConvParams;
  depthwiseConv2dInputGradient: ConvParams & { readonly inputShape: Shape };
  depthwiseConv2dFilterGradient: ConvParams & { readonly filterShape: Shape };

  maxPool2d: PoolParams;
  maxPool2dGradient: PoolParams;
  maxPool2dSelect: PoolParams;
  avgPool2d: PoolParams;
  avgPool2dGradient: PoolParams & { readonly inputShape: Shape };

  reshape: { readonly shape: Shape };
  transpose: { readonly permutation: readonly number[] };
  broadcastTo: { readonly shape: Shape };
  pad: { readonly padding: readonly PadPair[]; readonly value: number };
  slice: { readonly begin: readonly number[]; readonly size: readonly number[] };
  concat: { readonly axis: number };
  gather: { readonly axis: number };
  scatterAdd: { readonly axis: number; readonly size: number };
  oneHot: { readonly depth: number; readonly dtype: DType };

  resizeBilinear: ResizeParams;
  resizeBilinearGradient: ResizeParams & { readonly inputSize: Size2d };
  resizeNearest: ResizeParams;
  resizeNearestGradient: ResizeParams & { readonly inputSize: Size2d };

  randomUniform: RandomParams;
  randomNormal: RandomParams;
}

export type PrimitiveName = keyof PrimitiveParams;
