export { buildPlan, type PlanRequest } from './build.js';
export { explain, isGradient, savedForBackward } from './explain.js';
export type { Effect, MemoryPlan, Plan, Slot, Step, Value, ValueId, ValueSource } from './plan.js';
export { type Trace, trace } from './trace.js';
export { flattenTree, rebuildTree, type TensorTree } from './tree.js';
