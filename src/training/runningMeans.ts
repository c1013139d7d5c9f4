import type { Logs } from './callbacks/logs.js';

/** What has been added up so far. */
export interface MeansState {
  readonly sums: readonly number[];
  readonly weight: number;
}

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

  /** A batch of which only the total, the first of the losses, is known. */
  addTotal(total: number, weight: number): void {
    this.add(
      this.names.map((_, i) => (i === 0 ? total : Number.NaN)),
      weight,
    );
  }

  get isEmpty(): boolean {
    return this.#weight === 0;
  }

  reset(): void {
    this.restore({ sums: this.names.map(() => 0), weight: 0 });
  }

  get state(): MeansState {
    return { sums: [...this.#sums], weight: this.#weight };
  }

  /** Goes on from there. */
  restore({ sums, weight }: MeansState): void {
    this.#sums = Float64Array.from(sums);
    this.#weight = weight;
  }

  result(): Logs {
    return Object.fromEntries(this.names.map((name, i) => [name, (this.#sums[i] as number) / this.#weight]));
  }
}
