import type { Logs } from './callbacks/logs.js';

/** Means of the losses of some batches, each batch weighted by its size. Kept on the host, in double precision. */
export class RunningMeans {
  #sums: Float64Array;
  #weight = 0;

  constructor(readonly names: readonly string[]) {
    this.#sums = new Float64Array(names.length);
  }

  /** @param values one for each name. */
  add(values: readonly number[], weight: number): void {
    this.#sums = this.#sums.map((sum, i) => sum + (values[i] as number) * weight);
    this.#weight += weight;
  }

  result(): Logs {
    return Object.fromEntries(this.names.map((name, i) => [name, (this.#sums[i] as number) / this.#weight]));
  }
}
