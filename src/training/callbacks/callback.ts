import type { Optimizer } from '../../optim/index.js';
import type { Tensor } from '../../tensor/index.js';
import type { FeatureProgress } from '../features/featureProgress.js';
import type { NonFiniteLossError } from '../nonFiniteLossError.js';
import type { TrainingSnapshot } from '../resume/trainingSnapshot.js';
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

/** What a callback remembers, so that a training that was interrupted can go on with it. */
export interface CallbackState {
  /** What kind of callback it is; a state is given back only to one of the same kind. */
  readonly kind: string;
  /** Plain data that JSON can hold; numbers may be `NaN` and infinite. */
  readonly facts: unknown;
  /** Tensors by name. @defaultValue none */
  readonly tensors?: Readonly<Record<string, Tensor>> | undefined;
}

/** An earlier training. */
export interface ResumableTraining {
  readonly snapshot: TrainingSnapshot;
  /** Where it was kept, for messages. */
  readonly source: string;
}

/** When a training can be taken down: after a batch, after an epoch, and when it ends, completed or interrupted. */
export type SafePoint = 'batch' | 'epoch' | 'completion' | 'interruption';

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
  /**
   * @param logs means over the epoch, and validation with `val_` in front
   * @returns more logs, which callbacks that come later, the progress bar and the history see as well
   */
  onEpochEnd?: ((epoch: number, logs: Logs) => Awaitable | Logs | Promise<Logs>) | undefined;
  onTrainBatchBegin?: ((batch: number) => Awaitable) | undefined;
  /** @param logs means over the epoch up to this batch */
  onTrainBatchEnd?: ((batch: number, logs: Logs) => Awaitable) | undefined;
  /** Features of frozen layers were computed and are kept, in the course of an epoch or of its validation. */
  onFeatureProgress?: ((progress: FeatureProgress) => Awaitable) | undefined;
  /**
   * The loss of a batch is NaN or infinite; the step has changed nothing.
   * @returns whether training shall end here as if it were complete. @defaultValue `false`: `fit` throws the error
   */
  onNonFiniteLoss?: ((error: NonFiniteLossError) => boolean) | undefined;
  /** What the callback remembers at this moment. One that has this also has `restore`. */
  state?: (() => CallbackState) | undefined;
  /**
   * Takes what `state` gave. In a training that goes on after an interruption it is called in place of the hooks that led
   * there: `onTrainBegin` and, in the middle of an epoch, `onEpochBegin`.
   */
  restore?: ((state: CallbackState) => Awaitable) | undefined;
  /** Asked before anything else happens: an earlier training to go on with, if there is one. */
  onResume?: (() => Promise<ResumableTraining | null>) | undefined;
  /**
   * Called once all callbacks have had their turn after a batch or an epoch, and before `onTrainEnd`.
   * @param take takes everything down that it needs to go on from here
   */
  onSafePoint?: ((point: SafePoint, take: () => TrainingSnapshot) => Awaitable) | undefined;
}
