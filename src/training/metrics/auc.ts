import {
  add,
  type Config,
  checkBooleanOption,
  checkChoiceOption,
  checkNumberOption,
  sigmoid,
  type Tensor,
  type Variable,
} from '../../tensor/index.js';
import { epsilon } from '../losses/probabilities.js';
import { caseNames, confusionCounts, type PerCase, perCase } from './confusion.js';
import { precisionRecallArea, rocArea, type SummationMethod } from './curves.js';
import { Metric, type MetricOptions } from './metric.js';
import { refuseOptions } from './unsupported.js';

/** Options of `AUC`. */
export interface AUCOptions extends MetricOptions {
  /** How many thresholds the curve is made of, from 2 to 65536. @defaultValue `200` */
  readonly numThresholds?: number;
  /** `'ROC'`: recall over false positive rate; `'PR'`: precision over recall. @defaultValue `'ROC'` */
  readonly curve?: 'ROC' | 'PR';
  /** How heights between two thresholds are found. @defaultValue `'interpolation'` */
  readonly summationMethod?: SummationMethod;
  /** Predictions are logits rather than probabilities. @defaultValue `false` */
  readonly fromLogits?: boolean;
}

/** Each prediction is compared with each threshold: more would not fit in memory. */
const maxThresholds = 2 ** 16;

/** Area under a curve, from counts at evenly spaced thresholds in `[0, 1]`. All entries count alike, whatever their axes. */
export class AUC extends Metric {
  readonly className = 'AUC';
  readonly direction = 'up';
  readonly #options: Required<Omit<AUCOptions, 'name'>>;
  readonly #thresholds: readonly number[];
  readonly #counts: PerCase<Variable>;

  constructor(options: AUCOptions = {}) {
    super(options.name ?? 'auc');
    refuseOptions(this.name, { ...options }, ['multiLabel', 'numLabels', 'labelWeights', 'thresholds']);
    const { curve = 'ROC', summationMethod = 'interpolation' } = options;
    const numThresholds = options.numThresholds ?? 200;
    this.#options = {
      numThresholds: checkNumberOption(this.name, 'numThresholds', numThresholds, {
        min: 2,
        max: maxThresholds,
        integer: true,
      }),
      curve: checkChoiceOption(this.name, 'curve', curve, ['ROC', 'PR']),
      summationMethod: checkChoiceOption(this.name, 'summationMethod', summationMethod, [
        'interpolation',
        'majoring',
        'minoring',
      ]),
      fromLogits: checkBooleanOption(this.name, 'fromLogits', options.fromLogits ?? false),
    };
    // The ends lie a little outside, so that everything is above the first and nothing above the last.
    this.#thresholds = Array.from({ length: numThresholds }, (_, i) =>
      i === 0 ? -epsilon : i === numThresholds - 1 ? 1 + epsilon : i / (numThresholds - 1),
    );
    this.#counts = perCase((name) => this.addVariable(caseNames[name], [numThresholds]));
  }

  update(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor): void {
    const probabilities = this.#options.fromLogits ? sigmoid(yPred) : yPred;
    const batch = confusionCounts(this.name, yTrue, probabilities, this.#thresholds, sampleWeight ?? null);
    const next = perCase((name) => add(this.#counts[name].value, batch[name]));
    this.#counts.truePositives.assign(next.truePositives);
    this.#counts.falsePositives.assign(next.falsePositives);
    this.#counts.trueNegatives.assign(next.trueNegatives);
    this.#counts.falseNegatives.assign(next.falseNegatives);
  }

  result(): Tensor {
    const counts = perCase((name) => this.#counts[name].value);
    const { curve, summationMethod } = this.#options;
    return curve === 'ROC' ? rocArea(counts, summationMethod) : precisionRecallArea(counts, summationMethod);
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      ...this.#options,
      multiLabel: false,
      numLabels: null,
      labelWeights: null,
    };
  }
}
