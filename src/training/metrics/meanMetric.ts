import { cast, mul, type Tensor, type Variable } from '../../tensor/index.js';
import { bothMasks } from '../losses/reduction.js';
import { toSameRank } from '../losses/sameRank.js';
import { Mean } from './mean.js';
import { Metric } from './metric.js';

/** A metric that is the weighted mean of what each entry scores. */
export abstract class MeanMetric extends Metric {
  readonly #mean = new Mean({ name: this.name });

  override get variables(): readonly Variable[] {
    return this.#mean.variables;
  }

  /** What each entry scores. Shape: `[n, …], [n, …] -> [n, …]`, usually without the last axis. */
  protected abstract scores(yTrue: Tensor, yPred: Tensor): Tensor;

  /** Which entries count, of the shape of the scores; `null` if all do. */
  protected mask(_yTrue: Tensor, _yPred: Tensor): Tensor | null {
    return null;
  }

  update(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor, predictionMask?: Tensor): void {
    const mask = bothMasks(this.mask(yTrue, yPred), predictionMask ?? null);
    const weight = mask === null ? sampleWeight : masked(mask, sampleWeight);
    this.#mean.update(this.scores(yTrue, yPred), weight);
  }

  result(): Tensor {
    return this.#mean.result();
  }
}

function masked(mask: Tensor, sampleWeight: Tensor | undefined): Tensor {
  const counted = cast(mask, 'float32');
  if (sampleWeight === undefined) return counted;
  const [a, b] = toSameRank(counted, cast(sampleWeight, 'float32'));
  return mul(a, b);
}
