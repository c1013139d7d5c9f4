import type { Lowerings } from './lowering.js';

export const reduceLowerings = {} satisfies Lowerings;
