import type { Optimizer } from '../../optim/index.js';
import type { Trainable } from '../trainable.js';
import type { Logs } from './logs.js';

/** What a callback may know about a training before it starts. */
export interface CallbackParams {
  /** Number of the epoch after the last one. */
  readonly epochs: number;
  /** Batches in an epoch; `null` if it is not known. */
  readonly steps: number | null;
  /** Samples in a batch; the last batch may be smaller. */
  readonly batchSize: number;
  /** Samples in an epoch; `null` if it is not known. */
  readonly samples: number | null;
}

/** What a callback may see, and the one thing it may ask for. */
export interface TrainingControl {
  readonly model: Trainable;
  readonly optimizer: Optimizer;
  /** Set it to true to end training after the current batch; the epoch is then completed with its validation. */
  stopTraining: boolean;
  /** Whether more or less of a log is better; `null` if nobody knows. `val_` in front makes no difference. */
  directionOf(log: string): 'up' | 'down' | null;
}

type Awaitable = void | Promise<void>;

/**
 * Something that happens during `fit`. All hooks are optional, so a plain object with one of them is a callback; they are
 * awaited, one callback after the other. Epochs and batches are counted from 0.
 */
export interface Callback {
  /** Whether `onTrainBatchEnd` wants metrics after this batch. Reading them takes time. @defaultValue `true` */
  readonly wantsBatchLogs?: boolean | undefined;
  setParams?: ((params: CallbackParams) => void) | undefined;
  setModel?: ((control: TrainingControl) => void) | undefined;
  onTrainBegin?: (() => Awaitable) | undefined;
  /** @param logs those of the last epoch */
  onTrainEnd?: ((logs: Logs) => Awaitable) | undefined;
  onEpochBegin?: ((epoch: number) => Awaitable) | undefined;
  /** @param logs means over the epoch, and validation with `val_` in front */
  onEpochEnd?: ((epoch: number, logs: Logs) => Awaitable) | undefined;
  onTrainBatchBegin?: ((batch: number) => Awaitable) | undefined;
  /** @param logs means over the epoch up to this batch */
  onTrainBatchEnd?: ((batch: number, logs: Logs) => Awaitable) | undefined;
}
