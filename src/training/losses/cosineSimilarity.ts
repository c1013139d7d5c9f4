import {
  type Config,
  checkNumberOption,
  maximum,
  mul,
  neg,
  rsqrt,
  square,
  sum,
  type Tensor,
} from '../../tensor/index.js';
import { Loss, type LossOptions } from './loss.js';
import { epsilon } from './probabilities.js';

/** Options of `CosineSimilarity`. */
export interface CosineSimilarityOptions extends LossOptions {
  /** Axis of the vectors. @defaultValue `-1` */
  readonly axis?: number;
}

/**
 * Minus the cosine of the angle between target and prediction: -1 where they point the same way. Vectors of length 0
 * give 0. Shape: `[n, k], [n, k] -> [n]`.
 */
export class CosineSimilarity extends Loss {
  readonly className = 'CosineSimilarity';
  readonly #axis: number;

  constructor(options: CosineSimilarityOptions = {}) {
    super({ name: 'cosine_similarity', ...options });
    this.#axis = checkNumberOption(this.name, 'axis', options.axis ?? -1, { integer: true });
  }

  call(yTrue: Tensor, yPred: Tensor): Tensor {
    return neg(cosineOf(yTrue, yPred, this.#axis));
  }

  override getConfig(): Config {
    return { ...super.getConfig(), axis: this.#axis };
  }
}

/** Cosine of the angle between vectors along `axis`. @throws {AxisError} */
export function cosineOf(a: Tensor, b: Tensor, axis: number): Tensor {
  return sum(mul(unit(a, axis), unit(b, axis)), { axes: axis });
}

/** `x` brought to length 1; a length below `1e-7` counts as that. */
function unit(x: Tensor, axis: number): Tensor {
  const squaredLength = sum(square(x), { axes: axis, keepDims: true });
  return mul(x, rsqrt(maximum(squaredLength, epsilon ** 2)));
}
