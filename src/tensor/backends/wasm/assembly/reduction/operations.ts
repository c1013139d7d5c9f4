// What a reduction folds with; `lowering/reduce.ts` has the same.

export const adds: i32 = 0;
export const takesLargest: i32 = 1;
export const takesSmallest: i32 = 2;
