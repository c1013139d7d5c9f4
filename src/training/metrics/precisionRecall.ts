import { add, type Config, type Tensor, type Variable } from '../../tensor/index.js';
import { divideNoNan } from '../losses/divideNoNan.js';
import { caseNames, confusionCounts } from './confusion.js';
import { Metric } from './metric.js';
import { checkThresholds, perThreshold, type ThresholdOptions } from './thresholds.js';
import { refuseOptions } from './unsupported.js';

/** True positives relative to themselves and one kind of error. */
export abstract class PrecisionRecall extends Metric {
  readonly direction = 'up';
  readonly #thresholds: readonly number[];
  readonly #given: ThresholdOptions['thresholds'];
  readonly #errorKind: 'falsePositives' | 'falseNegatives';
  readonly #hits: Variable;
  readonly #errors: Variable;

  constructor(name: string, errorKind: 'falsePositives' | 'falseNegatives', options: ThresholdOptions) {
    super(options.name ?? name);
    refuseOptions(this.name, { ...options }, ['topK', 'classId']);
    this.#errorKind = errorKind;
    this.#thresholds = checkThresholds(this.name, options.thresholds);
    this.#given = options.thresholds ?? null;
    this.#hits = this.addVariable('true_positives', [this.#thresholds.length]);
    this.#errors = this.addVariable(caseNames[errorKind], [this.#thresholds.length]);
  }

  update(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor): void {
    const batch = confusionCounts(this.name, yTrue, yPred, this.#thresholds, sampleWeight ?? null);
    const hits = add(this.#hits.value, batch.truePositives);
    const errors = add(this.#errors.value, batch[this.#errorKind]);
    this.#hits.assign(hits);
    this.#errors.assign(errors);
  }

  result(): Tensor {
    const hits = this.#hits.value;
    return perThreshold(divideNoNan(hits, add(hits, this.#errors.value)));
  }

  override getConfig(): Config {
    return { ...super.getConfig(), thresholds: this.#given, topK: null, classId: null };
  }
}
