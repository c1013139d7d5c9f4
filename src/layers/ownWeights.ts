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
  readonly #held = new Set<Variable>();

  /** @param trainable whether the weight trains when the layer does; statistics never do. */
  add(variable: Variable, regularizer: Regularizer | null, trainable: boolean): void {
    (trainable ? this.#trainable : this.#fixed).push({ variable, regularizer });
  }

  /** Keeps a weight from training, whatever is set later. */
  hold(variable: Variable): void {
    this.#held.add(variable);
    variable.trainable = false;
  }

  /** Ends all holding; weights train again when they are set to. */
  release(): void {
    this.#held.clear();
  }

  /** Takes a weight away. */
  remove(variable: Variable): void {
    const at = this.#trainable.findIndex((weight) => weight.variable === variable);
    if (at >= 0) this.#trainable.splice(at, 1);
  }

  /** The price that was put on a weight. */
  regularizerOf(variable: Variable): Regularizer | null {
    return [...this.#trainable, ...this.#fixed].find((weight) => weight.variable === variable)?.regularizer ?? null;
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
    for (const { variable } of this.#trainable) variable.trainable = value && !this.#held.has(variable);
  }

  /** What regularisers ask for weights that train. */
  get penalties(): readonly Tensor[] {
    return this.#trainable.flatMap(({ variable, regularizer }) =>
      regularizer !== null && variable.trainable ? [regularizer.penalty(variable.value)] : [],
    );
  }
}
