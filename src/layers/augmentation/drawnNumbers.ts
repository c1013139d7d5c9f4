import {
  add,
  cast,
  div,
  type FloatDType,
  gather,
  hashName,
  less,
  minimum,
  mul,
  randomNormal,
  randomUniform,
  type Seed,
  sizeOf,
  sub,
  type Tensor,
  where,
} from '../../tensor/index.js';
import { sampleBeta, sampleDirichlet } from './gammaDistribution.js';
import type { NumbersShape, RandomNumbers } from './randomNumbers.js';
import { randomOrder } from './randomOrder.js';

/** Which numbers are drawn. */
export interface DrawSource extends Seed {
  /** Which draw it is: see `randomUniform`. */
  readonly step: Tensor | number;
  /** Pictures in the batch. */
  readonly batch: number;
  readonly dtype: FloatDType;
  /** For pictures of a data set, so that what is drawn for one does not depend on the others in its batch. */
  readonly places?: Places | undefined;
}

/** Where the pictures of a batch stand in their data set. */
export interface Places {
  /** Their positions: `[batch]`, int32. */
  readonly positions: Tensor;
  /** Pictures in the data set. */
  readonly size: number;
  /** Which draw it is for each picture by itself. */
  readonly step: Tensor;
}

/** What is drawn for all pictures of a data set at once holds so many numbers at most; after those they begin again. */
const longestTable = 2 ** 18;

/** The random numbers of one draw: the n-th call gives the same whenever the draw is the same. */
export class DrawnNumbers implements RandomNumbers {
  readonly #source: DrawSource;
  #calls = 0;

  constructor(source: DrawSource) {
    this.#source = source;
  }

  uniform(shape: NumbersShape, low = 0, high = 1): Tensor {
    const unit = this.#numbers(randomUniform, shape);
    return low === 0 && high === 1 ? unit : add(mul(unit, high - low), low);
  }

  integers(shape: NumbersShape, low: number, high: number): Tensor {
    // Just below the largest unit number the product may round to what is above all.
    return minimum(add(cast(mul(this.uniform(shape), high - low), 'int32'), low), high - 1);
  }

  normal(shape: NumbersShape): Tensor {
    return this.#numbers(randomNormal, shape);
  }

  beta(shape: NumbersShape, alpha: number | Tensor): Tensor {
    return sampleBeta(this, shape, alpha);
  }

  dirichlet(count: number, alpha: number): Tensor {
    return sampleDirichlet(this, count, alpha);
  }

  order(): Tensor {
    return randomOrder(this.#numbers(randomUniform, [this.#source.batch]));
  }

  #numbers(draw: typeof randomUniform, shape: NumbersShape): Tensor {
    const { seed, step, batch, dtype, places } = this.#source;
    const options = { seed, stream: this.#nextStream(), dtype };
    if (!isPerPicture(shape)) return draw(shape, { ...options, step });
    const [, ...each] = shape;
    if (places === undefined) return draw([batch, ...each], { ...options, step });
    const rows = Math.max(Math.min(places.size, Math.floor(longestTable / Math.max(sizeOf(each), 1))), 1);
    const table = draw([rows, ...each], { ...options, step: places.step });
    return gather(table, rows === places.size ? places.positions : remainder(places.positions, rows));
  }

  #nextStream(): number {
    return hashName(`augmentation ${this.#source.stream} ${this.#calls++}`);
  }
}

function isPerPicture(shape: NumbersShape): shape is readonly ['batch', ...(readonly number[])] {
  return shape[0] === 'batch';
}

/** What is left of integers from 0 on by whole multiples of `divisor`. */
function remainder(x: Tensor, divisor: number): Tensor {
  const whole = cast(div(cast(x, 'float32'), divisor), 'int32');
  const rest = sub(x, mul(whole, divisor));
  // A quotient next to an integer may be rounded to it.
  const positive = where(less(rest, 0), add(rest, divisor), rest);
  return where(less(positive, divisor), positive, sub(positive, divisor));
}
