import type { Lowerings } from './lowering.js';

export const indexingLowerings = {} satisfies Lowerings;
