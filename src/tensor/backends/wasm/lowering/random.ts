import type { Lowerings } from './lowering.js';

export const randomLowerings = {} satisfies Lowerings;
