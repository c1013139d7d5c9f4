import type { Seed, Tensor, TensorSpec } from '../../tensor/index.js';
import type { Logs } from '../callbacks/logs.js';
import type { StreamPosition } from '../data/batchStream.js';
import type { MeansState } from '../runningMeans.js';

/** What a training is one of, in words: an interrupted training goes on only where all of them agree. */
export type TrainingIdentity = Readonly<Record<string, string>>;

/** How far a training has come. */
export interface TrainingPosition {
  /** The epoch under way, or the next one. */
  readonly epoch: number;
  /** Batches of it that are done. */
  readonly batch: number;
  /** Its logs without those of validation, once all its batches are done; `null` before. */
  readonly trained: Logs | null;
}

/** What a callback remembers; its tensors are among those of the snapshot. */
export interface CallbackFacts {
  readonly kind: string;
  readonly facts: unknown;
  /** Names of its tensors. */
  readonly tensors: readonly string[];
}

/** Everything but tensors, as plain data. */
export interface TrainingFacts {
  /** What it is a training of: it can go on only with the same. */
  readonly identity: TrainingIdentity;
  readonly position: TrainingPosition;
  /** Logs of the last epoch that was completed. */
  readonly last: Logs;
  /** Whether training was asked to end. */
  readonly stopTraining: boolean;
  /** Where the samples come from. */
  readonly stream: StreamPosition;
  /** Losses of the epoch under way. */
  readonly means: MeansState;
  /** What random layers draw from. */
  readonly layerSeeds: readonly Seed[];
  /** Which of the model's variables the optimizer has moved so far. */
  readonly moved: readonly number[];
  /** Inputs, targets and weights of the last batch, if the metrics of the epoch under way have counted any. */
  readonly counted: BatchSpecs | null;
  readonly callbacks: readonly CallbackFacts[];
}

/** Shapes and dtypes of a batch. */
export interface BatchSpecs {
  readonly x: readonly TensorSpec[];
  readonly y: readonly TensorSpec[];
  readonly sampleWeight: readonly TensorSpec[];
  /** Whether the inputs are features, for the top of the model. */
  readonly hasFeatures: boolean;
}

/** A training between two batches: all that it takes to go on from there, to the same bits. Plain data and tensors. */
export interface TrainingSnapshot {
  readonly facts: TrainingFacts;
  readonly tensors: ReadonlyMap<string, Tensor>;
}
