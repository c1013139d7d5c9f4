export { addLoss, collectLosses } from './addedLosses.js';
export { type Adviser, type FitFacts, installAdviser } from './advice.js';
export { BackupAndRestore, type BackupAndRestoreOptions } from './callbacks/backupAndRestore.js';
export type {
  Callback,
  CallbackParams,
  CallbackState,
  ResumableTraining,
  SafePoint,
  TrainingControl,
} from './callbacks/callback.js';
export { CSVLogger, type CSVLoggerOptions } from './callbacks/csvLogger.js';
export { EarlyStopping, type EarlyStoppingOptions } from './callbacks/earlyStopping.js';
export * as callbacks from './callbacks/factories.js';
export { History } from './callbacks/history.js';
export { LambdaCallback } from './callbacks/lambdaCallback.js';
export { LearningRateScheduler, type LearningRateSchedulerOptions } from './callbacks/learningRateScheduler.js';
export type { Logs } from './callbacks/logs.js';
export { ModelCheckpoint, type ModelCheckpointOptions } from './callbacks/modelCheckpoint.js';
export type { MonitorOptions } from './callbacks/monitor.js';
export { ProgressBar, type ProgressBarOptions } from './callbacks/progressBar.js';
export type { ProgressOutput } from './callbacks/progressOutput.js';
export { ReduceLROnPlateau, type ReduceLROnPlateauOptions } from './callbacks/reduceLROnPlateau.js';
export { TensorBoard, type TensorBoardOptions } from './callbacks/tensorBoard/tensorBoard.js';
export { TerminateOnNaN, type TerminateOnNaNOptions } from './callbacks/terminateOnNaN.js';
export { Compilation } from './compilation.js';
export type { CompileConfig, CompileEntry } from './compileConfig.js';
export type { CompileModelOptions } from './compileOptions.js';
export type { ArrayData, Samples, TrainingData } from './data/arrayData.js';
export { ArrayDataset } from './data/arrayDataset.js';
export type { ClassWeight } from './data/classWeights.js';
export type { Batch, BatchOptions, Dataset } from './data/dataset.js';
export { EmptyDataError } from './data/emptyDataError.js';
export { type BatchFactory, type FromIterableOptions, fromIterable } from './data/fromIterable.js';
export { type GatherOptions, type IndexedDataset, isIndexed, orderOf } from './data/indexedDataset.js';
export { LabelError } from './data/labelError.js';
export { labelsOf } from './data/labels.js';
export { sampleCount } from './data/sampleCount.js';
export { SampleCountError } from './data/sampleCountError.js';
export type { SamplesList, WeightOption } from './dataArguments.js';
export type { CacheMode, CacheOptions } from './features/cacheOptions.js';
export type { FeatureProgress } from './features/featureProgress.js';
export { installTrainingFiles, type Package as TrainingPackage, type TrainingFiles } from './files/trainingFiles.js';
export type { FitOptions, ValidationTuple, Verbosity } from './fitOptions.js';
export * from './losses/index.js';
export type { LossOption, LossTerm, LossWeightOption } from './lossTerms.js';
export * from './metrics/index.js';
export type { MetricsOption, MetricTerm } from './metricTerms.js';
export { type BatchPosition, NonFiniteLossError } from './nonFiniteLossError.js';
export { NotCompiledError } from './notCompiledError.js';
export type { PerOutput } from './perOutput.js';
export type { PlanRequest as TrainingPlanRequest } from './planRequest.js';
export { ResumeMismatchError } from './resume/resumeMismatchError.js';
export type { TrainingSnapshot } from './resume/trainingSnapshot.js';
export type { ModelSplit, SaveHandler, Trainable } from './trainable.js';
export { type PassOptions, type TrainBatchOptions, Trainer } from './trainer.js';
export { TrainingPause } from './trainingPause.js';
