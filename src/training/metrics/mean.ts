import { add, mean, sum, type Tensor } from '../../tensor/index.js';
import { divideNoNan } from '../losses/divideNoNan.js';
import { samplewise } from './samplewise.js';
import { Statistic } from './statistic.js';

/** The weighted mean of all values since the last reset; 0 of none. */
export class Mean extends Statistic {
  readonly className = 'Mean';
  readonly total = this.addVariable('total');
  readonly count = this.addVariable('count');

  constructor(options: { readonly name?: string } = {}) {
    super(options.name ?? 'mean');
  }

  /**
   * Takes values into account: along the first axis are samples, each of which counts with the mean of its values.
   * @param sampleWeight broadcast against the values. @defaultValue all count the same
   */
  update(values: Tensor, sampleWeight?: Tensor): void {
    const { values: samples, weights } = samplewise(values, sampleWeight ?? null, mean);
    const total = add(this.total.value, sum(samples));
    const count = add(this.count.value, weights === null ? samples.size : sum(weights));
    this.total.assign(total);
    this.count.assign(count);
  }

  result(): Tensor {
    return divideNoNan(this.total.value, this.count.value);
  }
}
