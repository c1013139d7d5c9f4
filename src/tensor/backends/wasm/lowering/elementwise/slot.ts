import type { DType } from '../../../../dtype.js';
import type { OperationName } from '../../operations.js';
import type { Pointer } from '../pointer.js';
import type { Walk } from './walk.js';

/** Something that the steps of a tile read or write. */
export type Slot =
  | { readonly kind: 'intermediate' }
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'operand'; readonly dtype: DType; readonly address: Pointer; readonly walk: Walk }
  | { readonly kind: 'result'; readonly dtype: DType; readonly address: Pointer };

/** One operation on a tile; numbers are those of slots. */
export interface TileStep {
  readonly operation: OperationName;
  readonly to: number;
  readonly inputs: readonly number[];
}
