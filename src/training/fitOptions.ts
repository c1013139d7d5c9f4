import { checkNumberOption } from '../tensor/index.js';
import type { Callback } from './callbacks/callback.js';
import type { Samples, TrainingData } from './data/arrayData.js';
import { type ClassWeight, checkClassWeight } from './data/classWeights.js';
import type { BatchFactory } from './data/fromIterable.js';
import { checkValidationSplit } from './data/validationSplit.js';
import {
  type CacheMode,
  type CacheOptions,
  type CheckedCacheOptions,
  checkCacheOptions,
} from './features/cacheOptions.js';
import type { TrainingPause } from './trainingPause.js';

/** What training is watched with: nothing, a progress bar, or a line for each epoch. */
export type Verbosity = 'auto' | 0 | 1 | 2;

/** Keras's form of validation data: inputs, targets and, if need be, sample weights. */
export type ValidationTuple =
  | readonly [x: Samples | readonly Samples[], y: Samples | readonly Samples[]]
  | readonly [
      x: Samples | readonly Samples[],
      y: Samples | readonly Samples[],
      sampleWeight: Samples | readonly Samples[],
    ];

/** Options of `fit`; names and defaults are those of Keras. */
export interface FitOptions {
  /** Number of the epoch after the last one; at least 1. @defaultValue `1` */
  readonly epochs?: number;
  /** Samples in a batch; at least 1. @defaultValue `32` */
  readonly batchSize?: number;
  /** Whether every epoch goes through the samples in another order. @defaultValue `true` */
  readonly shuffle?: boolean;
  /** What to evaluate after every epoch; `null` for nothing. @defaultValue nothing */
  readonly validationData?: TrainingData | ValidationTuple | BatchFactory | null | undefined;
  /**
   * Fraction of the samples, at the end, to set aside for validation before shuffling; in `(0, 1)`. Not used if
   * `validationData` is given. @defaultValue `0`, for none
   */
  readonly validationSplit?: number;
  /** How much each sample counts, by its label. @defaultValue all count the same */
  readonly classWeight?: ClassWeight | undefined;
  /** What else shall happen, in this order. @defaultValue `[]` */
  readonly callbacks?: readonly Callback[];
  /**
   * 0 prints nothing, 1 draws a progress bar, 2 prints a line for each epoch. @defaultValue `'auto'`: 1 on a terminal,
   * otherwise 2
   */
  readonly verbose?: Verbosity;
  /** Number of the first epoch, to go on where an earlier training ended; at least 0. @defaultValue `0` */
  readonly initialEpoch?: number;
  /** Batches in an epoch; data that end sooner begin anew. @defaultValue as many as one pass over the data gives */
  readonly stepsPerEpoch?: number | null;
  /** Fixes the order of samples. @defaultValue the program's seed, see `setRandomSeed` */
  readonly seed?: number | null;
  /**
   * Where to keep what frozen layers at the bottom of the model give for each sample, so that it is computed once and not
   * in every epoch: it changes nothing but the time that training takes. `'auto'` keeps it where that pays, in memory as far
   * as it may and then on disk; `'memory'` and `'disk'` insist; `false` keeps nothing. See `cacheOptions`.
   * @defaultValue `'auto'`
   */
  readonly cache?: CacheMode;
  /** How it is kept. @defaultValue `{}` */
  readonly cacheOptions?: CacheOptions;
  /** Whether to warn, once for each model, where people go wrong. @defaultValue `true` */
  readonly advice?: boolean;
  /** Ends training after the batch under way; epochs that were not completed are not in the history. */
  readonly signal?: AbortSignal | undefined;
  /** Lets training stand still between two batches. */
  readonly pause?: TrainingPause | undefined;
}

/** Options, complete and checked. */
export interface CheckedFitOptions extends Omit<FitOptions, 'cache' | 'cacheOptions'> {
  readonly cache: CheckedCacheOptions;
  readonly epochs: number;
  readonly batchSize: number;
  readonly shuffle: boolean;
  readonly validationSplit: number;
  readonly callbacks: readonly Callback[];
  readonly verbose: Verbosity;
  readonly initialEpoch: number;
  readonly stepsPerEpoch: number | null;
  readonly advice: boolean;
}

/** @throws {ArgumentError} if an option is outside its range. */
export function checkFitOptions(options: FitOptions): CheckedFitOptions {
  const { epochs = 1, initialEpoch = 0, validationSplit = 0, stepsPerEpoch = null, classWeight } = options;
  checkNumberOption('fit', 'epochs', epochs, { min: 1, integer: true });
  checkNumberOption('fit', 'initialEpoch', initialEpoch, { min: 0, integer: true });
  if (stepsPerEpoch !== null) checkNumberOption('fit', 'stepsPerEpoch', stepsPerEpoch, { min: 1, integer: true });
  if (classWeight !== undefined) checkClassWeight('fit', classWeight);
  checkValidationSplit('fit', validationSplit);
  const { cache, cacheOptions, ...others } = options;
  return {
    ...others,
    cache: checkCacheOptions(cache, cacheOptions),
    epochs,
    batchSize: checkBatchSize('fit', options.batchSize),
    shuffle: options.shuffle ?? true,
    validationSplit,
    callbacks: options.callbacks ?? [],
    verbose: options.verbose ?? 'auto',
    initialEpoch,
    stepsPerEpoch,
    advice: options.advice ?? true,
  };
}

/** @throws {ArgumentError} unless it is an integer of at least 1. @defaultValue `32` */
export function checkBatchSize(operation: string, batchSize = 32): number {
  return checkNumberOption(operation, 'batchSize', batchSize, { min: 1, integer: true });
}
