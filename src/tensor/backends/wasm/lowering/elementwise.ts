import type { Lowerings } from './lowering.js';

export const elementwiseLowerings = {} satisfies Lowerings;
