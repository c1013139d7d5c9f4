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

/** How this backend likes its plans. */
export const wasmStyle: PlanStyle = {
  rewrites: convolutionRewrites,
  fusions: [invertedResiduals(residentBytes), epilogues, columnSums, elementwiseChains],
  savings: [recompute],
};
