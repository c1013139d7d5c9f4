import './advice/adviser.js';

export { addHead, type HeadOptions } from './addHead.js';
export * as applications from './applications/index.js';
export {
  type ClassifiedImage,
  type ClassifyImagesOptions,
  type ClassPrediction,
  classifyImages,
  pictureSizeOf,
  prepareImages,
} from './classifyImages.js';
export { fineTune } from './fineTune.js';
export { FineTuneHistory, type PhaseHistory } from './fineTuneHistory.js';
export type { FineTuneOptions, FineTunePhase, FineTuneSettings } from './fineTuneOptions.js';
export { type FreezeReport, freeze, unfreeze } from './freeze.js';
export { type GradualUnfreezeOptions, gradualUnfreeze } from './gradualUnfreeze.js';
export { type LayerGroup, layerGroups } from './layerGroups.js';
export type { Leaf } from './leaves.js';
export { addLora, type LoraOptions, type LoraReport } from './lora/addLora.js';
export { type ApplyLoraOptions, applyLora, LoraMismatchError, saveLora } from './lora/loraFile.js';
export { mergeLora } from './lora/mergeLora.js';
export { type LrFindOptions, type LrFindResult, lrFind } from './lrFind.js';
export { LearningRateError } from './planPhases.js';
export type { RateSchedule } from './rateSchedule.js';
export { version } from './report/generated/version.js';
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
  type EmbeddingMap,
  type EmbeddingMapOptions,
  type EmbeddingPoint,
  embeddingMap,
} from './understanding/embeddingMap.js';
export {
  type ClassifierEvaluation,
  type EvaluateClassifierOptions,
  evaluateClassifier,
} from './understanding/evaluateClassifier.js';
export { type GradCamOptions, gradCam } from './understanding/gradCam.js';
export type { Mistake } from './understanding/mistake.js';
export { type OverlayOptions, overlayHeatMap } from './understanding/overlayHeatMap.js';
