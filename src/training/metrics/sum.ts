import { add, sum, type Tensor } from '../../tensor/index.js';
import { samplewise } from './samplewise.js';
import { Statistic } from './statistic.js';

/** The weighted sum of all values since the last reset. */
export class Sum extends Statistic {
  readonly className = 'Sum';
  readonly total = this.addVariable('total');

  constructor(options: { readonly name?: string } = {}) {
    super(options.name ?? 'sum');
  }

  /** Takes values into account. @param sampleWeight broadcast against the values. @defaultValue all count the same */
  update(values: Tensor, sampleWeight?: Tensor): void {
    const { values: samples } = samplewise(values, sampleWeight ?? null, sum);
    this.total.assign(add(this.total.value, sum(samples)));
  }

  result(): Tensor {
    return this.total.value;
  }
}
