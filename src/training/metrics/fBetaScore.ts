import {
  abs,
  add,
  type Config,
  cast,
  checkChoiceOption,
  checkNumberOption,
  div,
  greater,
  greaterEqual,
  logicalAnd,
  max,
  mean,
  mul,
  reshape,
  sub,
  sum,
  type Tensor,
  type Variable,
} from '../../tensor/index.js';
import { epsilon } from '../losses/probabilities.js';
import { Metric, type MetricOptions } from './metric.js';
import { checkOutputs, nothingCounted } from './perOutputState.js';

/** How the scores of the outputs become one: all entries counted together, their mean, or weighted by labels. */
export type ScoreAverage = 'micro' | 'macro' | 'weighted';

/** Options of `F1Score`. */
export interface F1ScoreOptions extends MetricOptions {
  /** `null` for one score per output. @defaultValue `null` */
  readonly average?: ScoreAverage | null;
  /** Predictions above it count as found, in `(0, 1]`; `null`: the largest of each row. @defaultValue `null` */
  readonly threshold?: number | null;
}

/** Options of `FBetaScore`. */
export interface FBetaScoreOptions extends F1ScoreOptions {
  /** How much more recall counts than precision, above 0. @defaultValue `1` */
  readonly beta?: number;
}

const names = ['truePositives', 'falsePositives', 'falseNegatives', 'intermediateWeights'] as const;

const kerasNames = {
  truePositives: 'true_positives',
  falsePositives: 'false_positives',
  falseNegatives: 'false_negatives',
  intermediateWeights: 'intermediate_weights',
} as const;

type Counts<T> = Readonly<Record<(typeof names)[number], T>>;

function perCount<T>(make: (name: (typeof names)[number]) => T): Counts<T> {
  const [hits, wrong, missed, there] = names.map(make) as [T, T, T, T];
  return { truePositives: hits, falsePositives: wrong, falseNegatives: missed, intermediateWeights: there };
}

/**
 * Weighted harmonic mean of precision and recall: `(1 + beta^2) p r / (beta^2 p + r)`, for one-hot or many-hot rows.
 * Shape: `[n, outputs], [n, outputs]`; of the result `[outputs]`, or `[]` with an average.
 */
export class FBetaScore extends Metric {
  readonly className: string = 'FBetaScore';
  readonly direction = 'up';
  readonly #options: {
    readonly average: ScoreAverage | null;
    readonly beta: number;
    readonly threshold: number | null;
  };
  #counts: Counts<Variable> | null = null;

  /** @throws {ArgumentError} if an option is outside its range. */
  constructor(options: FBetaScoreOptions = {}) {
    super(options.name ?? 'fbeta_score');
    const { average = null, beta = 1, threshold = null } = options;
    this.#options = {
      average:
        average === null
          ? null
          : checkChoiceOption<ScoreAverage>(this.name, 'average', average, ['micro', 'macro', 'weighted']),
      beta: checkNumberOption(this.name, 'beta', beta, { above: 0 }),
      threshold: threshold === null ? null : checkNumberOption(this.name, 'threshold', threshold, { above: 0, max: 1 }),
    };
  }

  update(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor): void {
    const outputs = checkOutputs(this.name, yTrue, yPred);
    const { average, threshold } = this.#options;
    const labels = cast(yTrue, 'float32');
    const found = cast(isFound(cast(yPred, 'float32'), threshold), 'float32');
    const weights = sampleWeight && reshape(cast(sampleWeight, 'float32'), [yPred.shape[0] as number, 1]);
    const along = average === 'micro' ? {} : { axes: 0 };
    const count = (hits: Tensor): Tensor => sum(weights === undefined ? hits : mul(hits, weights), along);
    const batch: Counts<Tensor> = {
      truePositives: count(mul(found, labels)),
      falsePositives: count(mul(found, sub(1, labels))),
      falseNegatives: count(mul(sub(1, found), labels)),
      intermediateWeights: count(labels),
    };
    const shape = average === 'micro' ? [] : [outputs];
    this.#counts ??= perCount((name) => this.addVariable(kerasNames[name], shape));
    const counts = this.#counts;
    const next = perCount((name) => add(counts[name].value, batch[name]));
    for (const name of names) counts[name].assign(next[name]);
  }

  /** @throws {ArgumentError} before the first batch. */
  result(): Tensor {
    if (this.#counts === null) throw nothingCounted(this.name);
    const { average, beta } = this.#options;
    const { truePositives, falsePositives, falseNegatives, intermediateWeights } = this.#counts;
    const hits = truePositives.value;
    const precision = div(hits, add(add(hits, falsePositives.value), epsilon));
    const recall = div(hits, add(add(hits, falseNegatives.value), epsilon));
    const weighted = add(mul(precision, beta ** 2), recall);
    const scores = mul(div(mul(precision, recall), add(weighted, epsilon)), 1 + beta ** 2);
    if (average === null) return scores;
    if (average !== 'weighted') return mean(scores);
    const there = intermediateWeights.value;
    return sum(mul(scores, div(there, add(sum(there), epsilon))));
  }

  override getConfig(): Config {
    return { ...super.getConfig(), ...this.#options };
  }
}

/** Which predictions count as found. Rows of zeros find nothing. */
function isFound(predictions: Tensor, threshold: number | null): Tensor {
  if (threshold !== null) return greater(predictions, threshold);
  const largest = max(predictions, { axes: -1, keepDims: true });
  return logicalAnd(greaterEqual(predictions, largest), greater(abs(predictions), 1e-9));
}
