import type { Lowerings } from './lowering.js';

export const convolutionLowerings = {} satisfies Lowerings;
