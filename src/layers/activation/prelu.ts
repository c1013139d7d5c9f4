import { type Config, mul, neg, relu, sub, type Tensor } from '../../tensor/index.js';
import { type Constraint, type ConstraintLike, getConstraint } from '../constraints.js';
import { describe } from '../describe.js';
import { getInitializer, type Initializer, type InitializerLike } from '../initializers/index.js';
import { knownSize } from '../knownSize.js';
import { type InputSpec, Layer, type LayerConfig, type SymbolicShape } from '../layer.js';
import { checkIntegers } from '../options.js';
import { getRegularizer, type Regularizer, type RegularizerLike } from '../regularizers.js';

/** Options of `PReLU`. */
export interface PReLUConfig extends LayerConfig {
  /** @defaultValue `'zeros'` */
  readonly alphaInitializer?: InitializerLike;
  /** @defaultValue `null` */
  readonly alphaRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly alphaConstraint?: ConstraintLike | null;
  /** Axes along which one slope serves all, counted with the batch as 0: `[1, 2]` for one slope per channel. @defaultValue none */
  readonly sharedAxes?: number | readonly number[] | null;
}

/**
 * `x` above 0, `alpha * x` below, with slopes that are learnt (He et al., 2015).
 *
 * Weights: `alpha`, the shape of one sample with 1 at the shared axes.
 * Shape: unchanged.
 */
export class PReLU extends Layer {
  static override readonly className = 'PReLU';
  readonly alphaInitializer: Initializer;
  readonly alphaRegularizer: Regularizer | null;
  readonly sharedAxes: readonly number[] | null;
  readonly alphaConstraint: Constraint | null;

  /** @throws {ArgumentError} */
  constructor(config: PReLUConfig = {}) {
    super(config);
    this.alphaInitializer = getInitializer(config.alphaInitializer ?? 'zeros');
    this.alphaRegularizer = getRegularizer(config.alphaRegularizer);
    this.sharedAxes = config.sharedAxes == null ? null : checkIntegers(this.className, 'sharedAxes', config.sharedAxes);
    this.alphaConstraint = getConstraint(config.alphaConstraint);
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override get inputSpec(): readonly InputSpec[] {
    if (!this.built) return [{ minRank: 1 + Math.max(1, ...(this.sharedAxes ?? [])) }];
    const sizes = this.weight('alpha').shape;
    const own = sizes.flatMap((size, i) => (this.#isShared(i + 1) ? [] : [[i + 1, size] as const]));
    return [{ rank: sizes.length + 1, axes: Object.fromEntries(own) }];
  }

  protected override createWeights([shape]: readonly [SymbolicShape]): void {
    const axes = shape.map((_, axis) => axis).slice(1);
    this.addWeight('alpha', {
      shape: axes.map((axis) => (this.#isShared(axis) ? 1 : knownSize(this.className, shape, axis))),
      initializer: this.alphaInitializer,
      regularizer: this.alphaRegularizer,
      constraint: this.alphaConstraint,
    });
  }

  override call([x]: readonly [Tensor]): Tensor {
    return sub(relu(x), mul(this.weight('alpha').value, relu(neg(x))));
  }

  #isShared(axis: number): boolean {
    return this.sharedAxes?.includes(axis) ?? false;
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      alphaInitializer: describe(this.alphaInitializer),
      alphaRegularizer: describe(this.alphaRegularizer),
      alphaConstraint: describe(this.alphaConstraint),
      sharedAxes: this.sharedAxes,
    };
  }
}
