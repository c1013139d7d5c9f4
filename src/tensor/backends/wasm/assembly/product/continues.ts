/** Beside the flags of `epilogue.ts`: C holds the sum over an earlier part of the depth, to which this one is added. */
export const continues: i32 = 8;
