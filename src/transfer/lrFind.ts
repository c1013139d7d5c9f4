import type { Model } from '../layers/index.js';
import type { Optimizer, OptimizerLike } from '../optim/index.js';
import { checkChoiceOption, checkNumberOption, type Tensor, type Variable } from '../tensor/index.js';
import {
  type Callback,
  type FitOptions,
  NonFiniteLossError,
  NotCompiledError,
  Trainer,
  type TrainingData,
} from '../training/index.js';
import { freshOptimizer } from './freshOptimizer.js';
import { normalizationsOf, whileHeld } from './normalizations.js';
import { suggestRates } from './suggestRates.js';

/** Options of `lrFind`. */
export interface LrFindOptions extends Pick<FitOptions, 'batchSize' | 'shuffle' | 'classWeight' | 'signal'> {
  /** The first rate; above 0. @defaultValue `1e-7` */
  readonly start?: number;
  /** The last rate; above `start`. @defaultValue `10` */
  readonly end?: number;
  /** Batches to try rates with, one each; at least 10. @defaultValue `100` */
  readonly steps?: number;
  /** How much of the smoothed loss is that of earlier batches, in `[0, 1)`. @defaultValue `0.9` */
  readonly smoothing?: number;
  /** End when the smoothed loss is so many times its least; above 1, `null` for never. @defaultValue `4` */
  readonly divergence?: number | null;
  /** What kind of optimizer to try. @defaultValue like the one the model was compiled with */
  readonly optimizer?: OptimizerLike;
  /** @defaultValue `'inference'`, as in `fineTune` */
  readonly batchNormalization?: 'inference' | 'training';
  /** Fixes the order of samples. @defaultValue `0`: the program's own random numbers are left alone */
  readonly seed?: number;
}

/** What a range test has found. Lists have one number for each rate. */
export interface LrFindResult {
  /** The rates that were tried, rising by a constant factor. */
  readonly rates: readonly number[];
  /** The loss of each batch before its update, smoothed. */
  readonly losses: readonly number[];
  /** The loss of each batch before its update. */
  readonly rawLosses: readonly number[];
  /** A rate to train with: `valley`, or `steepest` where there is none; `null` if the loss never fell. */
  readonly suggestion: number | null;
  /** The rate two thirds down the longest fall of the loss: fastai's valley. */
  readonly valley: number | null;
  /** The rate at which the loss fell fastest, over the logarithm of the rate. */
  readonly steepest: number | null;
  /** Whether it ended early because the loss had risen too far. */
  readonly diverged: boolean;
}

/**
 * A learning-rate range test (Smith, 2017): trains with a rate that grows from batch to batch and watches the loss, which
 * falls as soon as the rate is large enough and rises when it is too large.
 *
 * Afterwards everything is as it was, bit for bit: weights, statistics, states of random generators, the model's optimizer
 * and metrics.
 *
 * ```ts
 * const { suggestion } = await lrFind(model, data);
 * ```
 * @throws {NotCompiledError} if the model was not compiled. @throws {ArgumentError} if an option is outside its range. Also
 * what `fit` throws, but for a loss that is not finite, which is what is looked for.
 */
export async function lrFind(model: Model, data: TrainingData, options: LrFindOptions = {}): Promise<LrFindResult> {
  const { compilation } = model.trainer;
  if (compilation === null) throw new NotCompiledError('lrFind', model.name);
  const { optimizer: kind = compilation.optimizer, batchNormalization = 'inference', seed = 0 } = options;
  const { batchSize, shuffle, classWeight, signal } = options;
  const mode = checkChoiceOption('lrFind', 'batchNormalization', batchNormalization, ['inference', 'training']);
  const held = mode === 'inference' ? normalizationsOf(model) : [];
  const rates = ratesOf(options);
  const watch = new Watch(options);
  const optimizer = freshOptimizer(kind, rates[0] as number);
  // A trainer of its own: the model's keeps its optimizer, its metrics and its plans.
  const trainer = new Trainer(model);
  trainer.compile({ ...compilation.options, optimizer, metrics: [], weightedMetrics: [] });
  const before = new Map(model.variables.map((variable) => [variable, [variable.value, variable.version]] as const));
  const callback = rateCallback(optimizer, rates, watch);
  // An epoch is one batch, so that its loss is told by itself.
  const fit: FitOptions = {
    ...(batchSize !== undefined && { batchSize }),
    ...(shuffle !== undefined && { shuffle }),
    classWeight,
    signal,
    seed,
    verbose: 0,
    advice: false,
    epochs: rates.length,
    stepsPerEpoch: 1,
    callbacks: [callback],
  };
  try {
    await whileHeld(held, () => trainer.fit(data, fit));
  } catch (error) {
    if (!(error instanceof NonFiniteLossError)) throw error;
    watch.diverged = true;
  } finally {
    restore(before);
  }
  const { losses, rawLosses, diverged } = watch;
  const tried = rates.slice(0, losses.length);
  const { valley, steepest } = suggestRates(tried, losses);
  return { rates: tried, losses, rawLosses, valley, steepest, suggestion: valley ?? steepest, diverged };
}

/** @throws {ArgumentError} */
function ratesOf({ start = 1e-7, end = 10, steps = 100 }: LrFindOptions): readonly number[] {
  checkNumberOption('lrFind', 'start', start, { above: 0 });
  checkNumberOption('lrFind', 'end', end, { above: start });
  checkNumberOption('lrFind', 'steps', steps, { min: 10, integer: true });
  return Array.from({ length: steps }, (_, i) => start * (end / start) ** (i / (steps - 1)));
}

/** Follows the loss. */
class Watch {
  readonly losses: number[] = [];
  readonly rawLosses: number[] = [];
  diverged = false;
  readonly #smoothing: number;
  readonly #divergence: number | null;
  #average = 0;
  #least = Number.POSITIVE_INFINITY;

  /** @throws {ArgumentError} */
  constructor({ smoothing = 0.9, divergence = 4 }: LrFindOptions) {
    this.#smoothing = checkNumberOption('lrFind', 'smoothing', smoothing, { min: 0, below: 1 });
    this.#divergence = divergence === null ? null : checkNumberOption('lrFind', 'divergence', divergence, { above: 1 });
  }

  /** Takes the loss of a batch. */
  add(loss: number): void {
    this.rawLosses.push(loss);
    this.#average = this.#smoothing * this.#average + (1 - this.#smoothing) * loss;
    // The average begins at 0; what it lacks because of that is known.
    const smoothed = this.#average / (1 - this.#smoothing ** this.rawLosses.length);
    this.losses.push(smoothed);
    this.#least = Math.min(this.#least, smoothed);
    // A loss of 0 or below says nothing by its ratio.
    this.diverged ||= this.#divergence !== null && this.#least > 0 && smoothed > this.#divergence * this.#least;
  }
}

function rateCallback(optimizer: Optimizer, rates: readonly number[], watch: Watch): Callback {
  let control: { stopTraining: boolean } | null = null;
  return {
    wantsBatchLogs: false,
    setModel: (given) => {
      control = given;
    },
    onEpochBegin: (step) => optimizer.setLearningRate(rates[step] as number),
    onEpochEnd: (_, { loss }) => {
      watch.add(loss as number);
      if (watch.diverged && control !== null) control.stopTraining = true;
    },
  };
}

/** What has not changed is left alone, so that what was computed of it is still good. */
function restore(before: ReadonlyMap<Variable, readonly [value: Tensor, version: number]>): void {
  for (const [variable, [value, version]] of before) if (variable.version !== version) variable.assign(value);
}
