export { addHead, type HeadOptions } from './addHead.js';
export * as applications from './applications/index.js';
export { type FineTuneOptions, fineTune, LearningRateError } from './fineTune.js';
export { type FreezeReport, freeze, unfreeze } from './freeze.js';
export type {
  ReportContents,
  ReportLearningRates,
  ReportPhase,
  ReportSkippedFile,
} from './report/reportContents.js';
export { writeReport } from './report/writeReport.js';
export type { Selection } from './selection.js';
export type { AverageScore, ClassScore, Confusion, ConfusionCounts } from './understanding/classScores.js';
export {
  type ClassifierEvaluation,
  type EvaluateClassifierOptions,
  evaluateClassifier,
} from './understanding/evaluateClassifier.js';
export type { Mistake } from './understanding/mistake.js';
