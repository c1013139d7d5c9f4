import type { Step } from '../../../plan/index.js';
import type { LoweringContext, Lowerings } from './lowering.js';

export const elementwiseLowerings = {} satisfies Lowerings;

/** One pass over the elements of a shape that computes all of `steps`. */
export function lowerElementwise(_steps: readonly Step[], _context: LoweringContext): void {
  throw new Error('to be written');
}
