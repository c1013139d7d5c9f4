import type { Tensor, Variable } from '../tensor/index.js';
import type { Regularizer } from './regularizers.js';

interface OwnWeight {
  readonly variable: Variable;
  readonly regularizer: Regularizer | null;
}

/** The weights a layer has made itself, without those of layers inside it. */
export class OwnWeights {
  readonly #trainable: OwnWeight[] = [];
  readonly #fixed: OwnWeight[] = [];

  /** @param trainable whether the weight trains when the layer does; statistics never do. */
  add(variable: Variable, regularizer: Regularizer | null, trainable: boolean): void {
    (trainable ? this.#trainable : this.#fixed).push({ variable, regularizer });
  }

  clear(): void {
    this.#trainable.length = 0;
    this.#fixed.length = 0;
  }

  /** Those that may train, then the others, each in the order of their making: Keras's order. */
  get variables(): readonly Variable[] {
    return [...this.#trainable, ...this.#fixed].map(({ variable }) => variable);
  }

  setTrainable(value: boolean): void {
    for (const { variable } of this.#trainable) variable.trainable = value;
  }

  /** What regularisers ask for weights that train. */
  get penalties(): readonly Tensor[] {
    return this.#trainable.flatMap(({ variable, regularizer }) =>
      regularizer !== null && variable.trainable ? [regularizer.penalty(variable.value)] : [],
    );
  }
}
