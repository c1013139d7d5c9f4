import type { Lowerings } from './lowering.js';

export const layoutLowerings = {} satisfies Lowerings;
