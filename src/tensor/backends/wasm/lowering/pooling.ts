import type { Lowerings } from './lowering.js';

export const poolingLowerings = {} satisfies Lowerings;
