import type { Lowerings } from './lowering.js';

export const depthwiseLowerings = {} satisfies Lowerings;
