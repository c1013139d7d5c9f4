// How an instruction names a dtype; `lowering/dtypeCode.ts` has the same.

export const float32: i32 = 0;
export const float64: i32 = 1;
export const int32: i32 = 2;
export const uint8: i32 = 3;
export const bool8: i32 = 4;
