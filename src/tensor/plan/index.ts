export { buildPlan, type PlanRequest, type PlanStyle, plainStyle } from './build.js';
export { explain, isGradient, savedForBackward } from './explain.js';
export { columnSums } from './fuse/columnSum.js';
export { elementwiseChains } from './fuse/elementwise.js';
export { epilogues } from './fuse/epilogue.js';
export type { Fusion, StepGraph } from './fuse/fusion.js';
export { invertedResiduals } from './fuse/invertedResidual.js';
export { aliasOwners } from './memory.js';
export type {
  Effect,
  Epilogue,
  EpilogueGroup,
  Group,
  MemoryPlan,
  Plan,
  Slot,
  Step,
  Value,
  ValueId,
  ValueSource,
} from './plan.js';
export { convolutionRewrites } from './rewrite/index.js';
export { recompute } from './rewrite/recompute.js';
export type { Rewrite, RewriteContext, Rewritten } from './rewrite/rewrite.js';
export { type Trace, trace } from './trace.js';
export { flattenTree, rebuildTree, type TensorTree } from './tree.js';
