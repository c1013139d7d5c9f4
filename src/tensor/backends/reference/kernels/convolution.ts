import type { TypedArray } from '../../../dtype.js';
import type { GroupedConvParams } from '../../../ops/primitives.js';
import type { Shape } from '../../../shape.js';
import type { Matrix } from './gemm.js';
import { type Windows, windowsOver } from './windows.js';

// A convolution is a matrix product. The patch matrix has one row per output pixel: everything its window sees, in the
// order of the filter, with zeros for padding. Patches times filter is the output, and the two gradients are products
// of the same three matrices. See `patches.ts` for the patch matrix; here are the other two.

/** Sizes of one convolution. Channels are those of one group. */
export interface Convolution extends Windows {
  readonly groups: number;
  readonly inputChannels: number;
  readonly outputChannels: number;
  /** Columns of the patch matrix of one group: window height x window width x input channels. */
  readonly patchSize: number;
}

export function convolutionOf(x: Shape, filter: Shape, y: Shape, params: GroupedConvParams): Convolution {
  const [height, width, inputChannels, allOutputChannels] = filter as readonly [number, number, number, number];
  return {
    ...windowsOver(x, y, [height, width], params),
    groups: params.groups,
    inputChannels,
    outputChannels: allOutputChannels / params.groups,
    patchSize: height * width * inputChannels,
  };
}

/** The filter of one group as a matrix: patch size x output channels. */
export function filterMatrix(data: TypedArray, { groups, outputChannels }: Convolution, group: number): Matrix {
  return { data, start: group * outputChannels, rowStep: groups * outputChannels, columnStep: 1 };
}

/** Pixels of the output side, from `first` on, as a matrix: pixels x output channels of one group. */
export function outputMatrix(data: TypedArray, convolution: Convolution, first: number, group: number): Matrix {
  const { groups, outputChannels } = convolution;
  return {
    data,
    start: (first * groups + group) * outputChannels,
    rowStep: groups * outputChannels,
    columnStep: 1,
  };
}
