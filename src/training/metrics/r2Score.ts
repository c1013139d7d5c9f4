import {
  abs,
  add,
  broadcastTo,
  type Config,
  cast,
  checkChoiceOption,
  checkNumberOption,
  div,
  equal,
  greater,
  mean,
  mul,
  reshape,
  square,
  sub,
  sum,
  type Tensor,
  type Variable,
  where,
} from '../../tensor/index.js';
import { toSameRank } from '../losses/sameRank.js';
import { Metric, type MetricOptions } from './metric.js';
import { checkOutputs, nothingCounted } from './perOutputState.js';

/** How the scores of the outputs become one: their mean, or weighted by how much the labels scatter. */
type Aggregation = 'uniform_average' | 'variance_weighted_average';

/** Options of `R2Score`. */
export interface R2ScoreOptions extends MetricOptions {
  /** How the scores of the outputs become one; `null` for one each. @defaultValue `'uniform_average'` */
  readonly classAggregation?: Aggregation | null;
  /** Number of independent variables, for the adjusted score; 0 for the usual one. @defaultValue `0` */
  readonly numRegressors?: number;
}

interface Sums {
  readonly squaredSum: Variable;
  readonly sum: Variable;
  readonly residual: Variable;
  readonly count: Variable;
}

/**
 * Coefficient of determination: `1 - sum (y - p)^2 / sum (y - mean y)^2`, 1 for perfect predictions. An output whose labels
 * are all the same scores 0. Adjusted: `1 - (1 - r2)(n - 1) / (n - numRegressors - 1)` where that is above 0; `n` is,
 * as in Keras, the number of all labels.
 * Shape: `[n, outputs], [n, outputs]`; of the result `[]`, or `[outputs]` without aggregation.
 */
export class R2Score extends Metric {
  readonly className = 'R2Score';
  readonly direction = 'up';
  readonly #classAggregation: Aggregation | null;
  readonly #numRegressors: number;
  readonly #numSamples: Variable;
  #sums: Sums | null = null;

  /** @throws {ArgumentError} if an option is outside its range. */
  constructor(options: R2ScoreOptions = {}) {
    super(options.name ?? 'r2_score');
    const { classAggregation = 'uniform_average', numRegressors = 0 } = options;
    this.#classAggregation =
      classAggregation === null
        ? null
        : checkChoiceOption<Aggregation>(this.name, 'classAggregation', classAggregation, [
            'uniform_average',
            'variance_weighted_average',
          ]);
    this.#numRegressors = checkNumberOption(this.name, 'numRegressors', numRegressors, { min: 0, integer: true });
    this.#numSamples = this.addVariable('num_samples');
  }

  update(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor): void {
    const [labels, predictions] = toSameRank(cast(yTrue, 'float32'), cast(yPred, 'float32'));
    const shape = [checkOutputs(this.name, labels, predictions)];
    const weights = broadcastTo(
      sampleWeight === undefined ? cast(equal(labels, labels), 'float32') : perSample(sampleWeight),
      labels.shape,
    );
    this.#sums ??= {
      squaredSum: this.addVariable('squared_sum', shape),
      sum: this.addVariable('sum', shape),
      residual: this.addVariable('residual', shape),
      count: this.addVariable('count', shape),
    };
    const weighted = mul(labels, weights);
    const { squaredSum, sum: total, residual, count } = this.#sums;
    const added: readonly (readonly [Variable, Tensor])[] = [
      [total, sum(weighted, { axes: 0 })],
      [squaredSum, sum(mul(labels, weighted), { axes: 0 })],
      [residual, sum(mul(square(sub(labels, predictions)), weights), { axes: 0 })],
      [count, sum(weights, { axes: 0 })],
    ];
    for (const [variable, batch] of added) variable.assign(add(variable.value, batch));
    this.#numSamples.assign(add(this.#numSamples.value, labels.size));
  }

  /** @throws {ArgumentError} before the first batch. */
  result(): Tensor {
    if (this.#sums === null) throw nothingCounted(this.name);
    const { squaredSum, sum: total, residual, count } = this.#sums;
    const scatter = sub(squaredSum.value, mul(total.value, div(total.value, count.value)));
    const raw = sub(1, div(residual.value, scatter));
    const scores = where(equal(abs(raw), Infinity), 0, raw);
    return this.#adjusted(this.#aggregated(scores, scatter));
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      classAggregation: this.#classAggregation,
      numRegressors: this.#numRegressors,
    };
  }

  #aggregated(scores: Tensor, scatter: Tensor): Tensor {
    if (this.#classAggregation === null) return scores;
    if (this.#classAggregation === 'uniform_average') return mean(scores);
    return div(sum(mul(scatter, scores)), sum(scatter));
  }

  #adjusted(score: Tensor): Tensor {
    if (this.#numRegressors === 0) return score;
    const samples = this.#numSamples.value;
    const left = sub(sub(samples, this.#numRegressors), 1);
    const enough = greater(left, 0);
    const adjusted = sub(1, div(mul(sub(1, score), sub(samples, 1)), where(enough, left, 1)));
    return where(enough, adjusted, score);
  }
}

/** Weights of samples as a column. */
function perSample(sampleWeight: Tensor): Tensor {
  const weights = cast(sampleWeight, 'float32');
  return weights.rank === 1 ? reshape(weights, [weights.size, 1]) : weights;
}
