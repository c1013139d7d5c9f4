import type { Lowerings } from './lowering.js';

export const resizeLowerings = {} satisfies Lowerings;
