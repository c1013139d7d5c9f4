import { getOptimizer, type Optimizer } from '../optim/index.js';
import type { Shape } from '../tensor/index.js';
import { type CompileConfig, describeCompilation } from './compileConfig.js';
import type { CompileModelOptions } from './compileOptions.js';
import { type LossTerm, resolveLosses } from './lossTerms.js';
import { checkMetrics, type MetricsOption, resolveMetrics } from './metricTerms.js';
import type { Trainable } from './trainable.js';
import { TrainingProgram } from './trainingProgram.js';

/** What `compile` has settled: optimizer and losses at once, metrics when the shapes of targets are known. */
export class Compilation {
  readonly optimizer: Optimizer;
  readonly lossTerms: readonly LossTerm[];
  readonly #metrics: MetricsOption;
  readonly #weightedMetrics: MetricsOption;
  #program: TrainingProgram | null = null;
  #targets = '';

  /** @throws {ArgumentError} if something is unknown or does not go with the outputs. */
  constructor(
    readonly model: Trainable,
    readonly options: CompileModelOptions,
  ) {
    const { outputNames } = model;
    this.optimizer = getOptimizer(options.optimizer ?? 'rmsprop');
    this.lossTerms = resolveLosses(options.loss, options.lossWeights, outputNames);
    this.#metrics = options.metrics ?? [];
    this.#weightedMetrics = options.weightedMetrics ?? [];
    checkMetrics('metrics', this.#metrics, outputNames);
    checkMetrics('weightedMetrics', this.#weightedMetrics, outputNames);
  }

  /** How the model was compiled, as plain data, so that a model that is loaded can be compiled alike. */
  get config(): CompileConfig {
    return describeCompilation(this.options, this.optimizer);
  }

  /** The program that was used last, if any. */
  get program(): TrainingProgram | null {
    return this.#program;
  }

  /** The program for targets of these shapes. `accuracy` means something else for class indices than for one-hot rows. */
  programFor(targetShapes: readonly Shape[]): TrainingProgram {
    const targets = JSON.stringify(targetShapes.map(([, ...sample]) => [sample.length, sample.at(-1)]));
    if (this.#program === null || targets !== this.#targets) {
      this.#program = this.createProgram(targetShapes);
      // A metric that was given as an object may have been in use before.
      this.#program.resetMetrics();
      this.#targets = targets;
    }
    return this.#program;
  }

  /** Makes the next program afresh: what was traced before may not be used any more. */
  forgetProgram(): void {
    this.#program = null;
  }

  /** A program with metrics of its own. */
  createProgram(targetShapes: readonly Shape[]): TrainingProgram {
    const { model, optimizer, lossTerms } = this;
    const { outputNames, outputShapes } = model;
    // The size of a batch says nothing about what targets mean: a last batch of one label must not look like a column.
    const context = { outputNames, outputShapes, targetShapes: targetShapes.map(([, ...sample]) => [null, ...sample]) };
    const metricTerms = resolveMetrics(this.#metrics, this.#weightedMetrics, context);
    return new TrainingProgram({ model, optimizer, lossTerms, metricTerms });
  }

  /** Whether more or less of a log is better, as far as losses and metrics say so. */
  directionOf(log: string): 'up' | 'down' | null {
    const name = log.replace(/^val_/, '');
    if (name === 'loss' || this.lossTerms.some(({ key }) => key === name)) return 'down';
    const term = this.#program?.metricTerms.find(({ key }) => key === name);
    return term?.metric.direction ?? null;
  }
}
