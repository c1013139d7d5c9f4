import type { Lowerings } from './lowering.js';

export const matmulLowerings = {} satisfies Lowerings;
