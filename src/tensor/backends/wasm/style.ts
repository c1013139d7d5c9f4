import {
  columnSums,
  convolutionRewrites,
  elementwiseChains,
  epilogues,
  type PlanStyle,
  recompute,
} from '../../plan/index.js';

/** How this backend likes its plans. */
export const wasmStyle: PlanStyle = {
  rewrites: convolutionRewrites,
  fusions: [epilogues, columnSums, elementwiseChains],
  savings: [recompute],
};
