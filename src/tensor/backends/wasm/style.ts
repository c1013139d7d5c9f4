import {
  columnSums,
  convolutionRewrites,
  elementwiseChains,
  epilogues,
  invertedResiduals,
  type PlanStyle,
  recompute,
} from '../../plan/index.js';

/** Bytes of a worker's scratch memory that may hold what parts of a block hand to each other. */
const residentBytes = 2 ** 20;

/**
 * With more operands there would be more streams than a processor follows; the bound on steps keeps what a pass holds in
 * registers within a worker's scratch memory, and planning fast.
 */
const chainLimits = { steps: 64, operands: 24 } as const;

/** How this backend likes its plans. */
export const wasmStyle: PlanStyle = {
  rewrites: convolutionRewrites,
  fusions: [invertedResiduals(residentBytes), epilogues, columnSums, elementwiseChains(chainLimits)],
  savings: [recompute],
};
