import type { DType, TypedArray } from '../../dtype.js';
import type { PrimitiveName, PrimitiveParams } from '../../ops/primitives.js';
import type { Shape } from '../../shape.js';

/** A dense row-major array while a step runs. */
export interface Block {
  readonly data: TypedArray;
  readonly shape: Shape;
  readonly dtype: DType;
}

/**
 * Computes one primitive. `output.data` may hold anything before; every element must be written. Kernels trust their
 * arguments: shapes were checked when the graph was built.
 */
export type Kernel<K extends PrimitiveName> = (
  output: Block,
  inputs: readonly Block[],
  params: PrimitiveParams[K],
) => void;
