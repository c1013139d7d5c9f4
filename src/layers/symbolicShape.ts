import type { DType } from '../tensor/index.js';

/** A shape in which `null` stands for a size that is only known when numbers come, such as the batch. */
export type SymbolicShape = readonly (number | null)[];

/** Shape and dtype of a symbolic tensor. */
export interface SymbolicSpec {
  readonly shape: SymbolicShape;
  readonly dtype: DType;
}
