import type { DType } from '../../../dtype.js';

/** How an instruction names a dtype; `assembly/dtypes.ts` has the same. */
export const dtypeCode = { float32: 0, float64: 1, int32: 2, uint8: 3, bool: 4 } as const satisfies Record<
  DType,
  number
>;
