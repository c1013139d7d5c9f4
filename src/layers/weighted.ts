import {
  ArgumentError,
  type DType,
  type FloatDType,
  formatValue,
  type Shape,
  sizeOf,
  type Tensor,
  Variable,
} from '../tensor/index.js';
import type { Constraint } from './constraints.js';
import { getInitializer, type InitializerLike } from './initializers/index.js';
import { LowRankDelta } from './lowRankDelta.js';
import { OwnWeights } from './ownWeights.js';
import type { Regularizer } from './regularizers.js';

/** How a weight is made. */
export interface WeightOptions {
  readonly shape: Shape;
  readonly initializer: InitializerLike;
  /** A price on the weight, which joins the loss. @defaultValue `null` */
  readonly regularizer?: Regularizer | null;
  /** A bound that optimizers bring the weight back to after every update. @defaultValue `null` */
  readonly constraint?: Constraint | null;
  /** @defaultValue `true` */
  readonly trainable?: boolean;
  /** @defaultValue the layer's */
  readonly dtype?: DType;
}

/** What has weights: its own, and those of the parts inside it. */
export abstract class Weighted {
  abstract readonly name: string;
  abstract readonly className: string;
  /** Dtype of the weights. */
  abstract readonly dtype: FloatDType;
  /** What is inside this one. */
  abstract readonly sublayers: readonly Weighted[];
  #trainable: boolean;
  readonly #own = new OwnWeights();
  #delta: LowRankDelta | null = null;

  constructor(trainable: boolean) {
    this.#trainable = trainable;
  }

  /** Variables that are no weights, such as the state of a random generator. */
  get states(): readonly Variable[] {
    return [];
  }

  /** Creates one weight. To be called from `createWeights`. */
  protected addWeight(name: string, options: WeightOptions): Variable {
    const { shape, dtype = this.dtype, trainable = true, regularizer = null, constraint = null } = options;
    const initial = getInitializer(options.initializer)(shape, dtype);
    const variable = new Variable(initial, {
      name,
      trainable: trainable && this.#trainable,
      constraint: constraint === null ? null : (value) => constraint.apply(value),
    });
    variable.path = `${this.name}/${name}`;
    this.#own.add(variable, regularizer, trainable);
    return variable;
  }

  /** Runs what creates weights; if it fails, there are none. */
  protected createOwnWeights(create: () => void): void {
    try {
      create();
    } catch (error) {
      this.#own.clear();
      throw error;
    }
  }

  /**
   * The layer's own weight of a name, such as `kernel`.
   * @throws {ArgumentError} if there is none, or none yet.
   */
  weight(name: string): Variable {
    const own = this.#own.variables;
    const found = own.find((variable) => variable.name === name);
    if (found !== undefined) return found;
    throw new ArgumentError({
      operation: `${this.className} '${this.name}'`,
      expected:
        own.length === 0 ? 'a layer that has weights' : `one of ${own.map((weight) => `'${weight.name}'`).join(', ')}`,
      received: formatValue(name),
      remedy: 'Weights exist once the layer is built or applied.',
    });
  }

  /** What an own weight of this name amounts to: its value, with its delta if it has one. */
  protected weightValue(name: string): Tensor {
    const weight = this.weight(name);
    return this.#delta?.kernel === weight ? this.#delta.value : weight.value;
  }

  /** Name of the weight that `addDelta` changes; `null` for layers that take none. */
  get adaptable(): string | null {
    return null;
  }

  /** What is added to the adaptable weight, if anything. */
  get delta(): LowRankDelta | null {
    return this.#delta;
  }

  /**
   * Adds a delta of low rank to the adaptable weight, which changes nothing at first. From now on it alone trains, not the
   * layer's other weights.
   * @throws {ArgumentError} if the layer takes no delta, has one, is not built, or has a constraint on the weight.
   */
  addDelta({ rank, alpha }: { readonly rank: number; readonly alpha: number }): LowRankDelta {
    const refused =
      this.adaptable === null
        ? 'one that takes no delta'
        : this.#delta !== null
          ? 'one that has a delta'
          : this.weight(this.adaptable).constraint !== null
            ? 'a constraint, which deltas would get around'
            : null;
    if (refused !== null) {
      throw new ArgumentError({
        operation: `addDelta to '${this.name}'`,
        expected: 'a layer with a kernel to add a delta to',
        received: refused,
        remedy: 'Choose other layers; mergeLora ends an earlier adaption.',
      });
    }
    const kernel = this.weight(this.adaptable as string);
    const regularizer = this.#own.regularizerOf(kernel);
    this.hold();
    const names = ['a', 'b'].map((letter) => `lora_${kernel.name}_${letter}`) as [string, string];
    const shape = [...kernel.shape.slice(0, -1), rank];
    const a = this.addWeight(names[0], { shape, initializer: 'heUniform', regularizer });
    const units = kernel.shape.at(-1) as number;
    const b = this.addWeight(names[1], { shape: [rank, units], initializer: 'zeros', regularizer });
    this.#delta = new LowRankDelta(kernel, a, b, alpha / rank);
    return this.#delta;
  }

  /** Keeps the weights there are now from training, whatever `trainable` says. */
  hold(): void {
    for (const variable of this.#own.variables) this.#own.hold(variable);
  }

  /** Adds the delta to the weight for good, and ends what `hold` began. */
  mergeDelta(): void {
    const delta = this.#delta;
    if (delta !== null) {
      delta.kernel.assign(delta.value);
      this.#delta = null;
      this.#own.remove(delta.a);
      this.#own.remove(delta.b);
    }
    this.#own.release();
    this.#own.setTrainable(this.#trainable);
  }

  /** Whether training changes the weights. Setting it reaches every layer inside, and takes effect at once. */
  get trainable(): boolean {
    return this.#trainable;
  }

  set trainable(value: boolean) {
    this.#trainable = Boolean(value);
    this.#own.setTrainable(this.#trainable);
    for (const layer of this.sublayers) layer.trainable = value;
  }

  /** Every weight: own trainable ones, own others, then those of the layers inside; each once. */
  get weights(): readonly Variable[] {
    return [...new Set([...this.#own.variables, ...this.sublayers.flatMap((layer) => layer.weights)])];
  }

  /** The weights training changes; none of a frozen layer. */
  get trainableWeights(): readonly Variable[] {
    return this.#trainable ? this.weights.filter(({ trainable }) => trainable) : [];
  }

  /** The weights training leaves alone. Statistics of batch normalisation are always among them. */
  get nonTrainableWeights(): readonly Variable[] {
    return this.#trainable ? this.weights.filter(({ trainable }) => !trainable) : this.weights;
  }

  /** Weights, and states such as those of random generators, of this layer and the ones inside. */
  get variables(): readonly Variable[] {
    const inside = this.sublayers.flatMap((layer) => layer.variables);
    return [...new Set([...this.weights, ...this.states, ...inside])];
  }

  /** Penalties on weights that train, to be added to the loss. Those on activities are collected by `collectLosses`. */
  get losses(): readonly Tensor[] {
    return [...this.#own.penalties, ...this.sublayers.flatMap((layer) => layer.losses)];
  }

  /** Number of numbers in all weights. */
  countParams(): number {
    return this.weights.reduce((total, { shape }) => total + sizeOf(shape), 0);
  }
}
