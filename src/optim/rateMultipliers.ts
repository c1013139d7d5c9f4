import { ArgumentError, formatValue, mul, type Tensor, type Variable } from '../tensor/index.js';

/**
 * Factors of the learning rate, for variables that are to move less, or more, than the others: discriminative learning
 * rates (Howard and Ruder, 2018). An optimizer moves a variable of factor `m` as one with the rate `m lr` would, weight
 * decay included. A factor of 1, which everything has at first, changes no bit.
 *
 * Factors are no state: files do not keep them.
 */
export class RateMultipliers {
  #factors: ReadonlyMap<Variable, number> = new Map();

  /**
   * Replaces all factors; variables that are not listed have 1.
   * @throws {ArgumentError} unless every factor is a finite number above 0; nothing changes then.
   */
  set(factors: ReadonlyMap<Variable, number>): void {
    for (const [{ path }, factor] of factors) {
      if (Number.isFinite(factor) && factor > 0) continue;
      throw new ArgumentError({
        operation: 'rateMultipliers.set',
        expected: `a factor above 0 for '${path}'`,
        received: formatValue(factor),
        remedy: 'Freeze what is not to train at all.',
      });
    }
    this.#factors = new Map([...factors].filter(([, factor]) => factor !== 1));
  }

  of(variable: Variable): number {
    return this.#factors.get(variable) ?? 1;
  }

  /** The rate of `variable` where that of all is `rate`; scalar. */
  scale(rate: Tensor, variable: Variable): Tensor {
    const factor = this.of(variable);
    return factor === 1 ? rate : mul(rate, factor);
  }

  /** Changes whenever an update of `variables` would be another one: part of the keys of plans. Empty without factors. */
  keyFor(variables: readonly Variable[]): string {
    return this.#factors.size === 0 ? '' : variables.map((variable) => this.of(variable)).join(' ');
  }
}
