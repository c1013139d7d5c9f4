import { add, type Config, type Tensor, type Variable } from '../../tensor/index.js';
import { type ConfusionCounts, caseNames, confusionCounts } from './confusion.js';
import { Metric } from './metric.js';
import { checkThresholds, perThreshold, type ThresholdOptions } from './thresholds.js';

const cases = {
  TruePositives: 'truePositives',
  FalsePositives: 'falsePositives',
  TrueNegatives: 'trueNegatives',
  FalseNegatives: 'falseNegatives',
} as const satisfies Record<string, keyof ConfusionCounts>;

/**
 * Number of entries in one of the four cases: labels that are not 0 or that are, predictions above the threshold or not.
 * Shape of the result: `[]`, or `[thresholds]` if there are several.
 */
export class ConfusionCount extends Metric {
  readonly direction = null;
  readonly #thresholds: readonly number[];
  readonly #given: ThresholdOptions['thresholds'];
  readonly #accumulator: Variable;

  constructor(
    readonly className: keyof typeof cases,
    options: ThresholdOptions = {},
  ) {
    super(options.name ?? caseNames[cases[className]]);
    this.#thresholds = checkThresholds(this.name, options.thresholds);
    this.#given = options.thresholds ?? null;
    this.#accumulator = this.addVariable('accumulator', [this.#thresholds.length]);
  }

  update(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor): void {
    const batch = confusionCounts(this.name, yTrue, yPred, this.#thresholds, sampleWeight ?? null);
    this.#accumulator.assign(add(this.#accumulator.value, batch[cases[this.className]]));
  }

  result(): Tensor {
    return perThreshold(this.#accumulator.value);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), thresholds: this.#given };
  }
}
