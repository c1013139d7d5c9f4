export { addHead, type HeadOptions } from './addHead.js';
export * as applications from './applications/index.js';
export { type FineTuneOptions, fineTune, LearningRateError } from './fineTune.js';
export { type FreezeReport, freeze, unfreeze } from './freeze.js';
export type { Selection } from './selection.js';
