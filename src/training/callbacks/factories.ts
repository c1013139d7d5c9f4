import { BackupAndRestore, type BackupAndRestoreOptions } from './backupAndRestore.js';
import type { Callback } from './callback.js';
import { CSVLogger, type CSVLoggerOptions } from './csvLogger.js';
import { EarlyStopping, type EarlyStoppingOptions } from './earlyStopping.js';
import { LambdaCallback } from './lambdaCallback.js';
import { LearningRateScheduler, type LearningRateSchedulerOptions } from './learningRateScheduler.js';
import { ModelCheckpoint, type ModelCheckpointOptions } from './modelCheckpoint.js';
import { ProgressBar, type ProgressBarOptions } from './progressBar.js';
import { ReduceLROnPlateau, type ReduceLROnPlateauOptions } from './reduceLROnPlateau.js';
import { TensorBoard, type TensorBoardOptions } from './tensorBoard/tensorBoard.js';
import { TerminateOnNaN, type TerminateOnNaNOptions } from './terminateOnNaN.js';

// Each makes a callback with Keras's defaults. Options outside their range throw an ArgumentError.

/** Keeps a training in a folder, so that it can be killed at any moment and go on. */
export function backupAndRestore(backupDir: string, options?: BackupAndRestoreOptions): BackupAndRestore {
  return new BackupAndRestore(backupDir, options);
}

/** Writes the logs of every epoch to a file of values between commas. */
export function csvLogger(filename: string, options?: CSVLoggerOptions): CSVLogger {
  return new CSVLogger(filename, options);
}

/** Ends training when a log has stopped improving. */
export function earlyStopping(options?: EarlyStoppingOptions): EarlyStopping {
  return new EarlyStopping(options);
}

/** A callback made of functions. */
export function lambdaCallback(hooks: Callback): LambdaCallback {
  return new LambdaCallback(hooks);
}

/** Sets the learning rate at the beginning of every epoch. */
export function learningRateScheduler(
  schedule: (epoch: number, learningRate: number) => number,
  options?: LearningRateSchedulerOptions,
): LearningRateScheduler {
  return new LearningRateScheduler(schedule, options);
}

/** Saves the model as training goes on. */
export function modelCheckpoint(filepath: string, options?: ModelCheckpointOptions): ModelCheckpoint {
  return new ModelCheckpoint(filepath, options);
}

/** Shows how training goes on. */
export function progressBar(options?: ProgressBarOptions): ProgressBar {
  return new ProgressBar(options);
}

/** Reduces the learning rate when a log has stopped improving. */
export function reduceLROnPlateau(options?: ReduceLROnPlateauOptions): ReduceLROnPlateau {
  return new ReduceLROnPlateau(options);
}

/** Writes event files that TensorBoard shows. */
export function tensorBoard(options?: TensorBoardOptions): TensorBoard {
  return new TensorBoard(options);
}

/** Ends training quietly when a loss is not finite. */
export function terminateOnNaN(options?: TerminateOnNaNOptions): TerminateOnNaN {
  return new TerminateOnNaN(options);
}
