import { convolutionRewrites, elementwiseChains, epilogues, type PlanStyle } from '../../plan/index.js';

/** How this backend likes its plans: a kernel has one result and reads seven arrays at most, as WebGPU demands. */
export const gpuStyle: PlanStyle = {
  rewrites: convolutionRewrites,
  fusions: [epilogues, elementwiseChains({ steps: 64, operands: 7 })],
  savings: [],
};
