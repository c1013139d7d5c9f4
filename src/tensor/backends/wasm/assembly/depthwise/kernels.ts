// Which function does the inner pixels of a row; `lowering/depthwise.ts` has the same.

export const threeByStride1: i32 = 1;
export const threeByStride2: i32 = 2;
export const threeBackwardsByStride2: i32 = 3;
