import { type Config, checkBooleanOption, checkNumberOption, type Shape } from '../../tensor/index.js';
import { type Constraint, type ConstraintLike, getConstraint } from '../constraints.js';
import { describe } from '../describe.js';
import { getInitializer, type Initializer, type InitializerLike } from '../initializers/index.js';
import { Layer, type LayerConfig } from '../layer.js';
import { getRegularizer, type Regularizer, type RegularizerLike } from '../regularizers.js';

/** Options of layers that normalise and then scale and shift by learnt numbers. */
export interface AffineConfig extends LayerConfig {
  /** Added to the variance, at least 0. @defaultValue `1e-3` */
  readonly epsilon?: number;
  /** Shift by `beta`. @defaultValue `true` */
  readonly center?: boolean;
  /** Scale by `gamma`. @defaultValue `true` */
  readonly scale?: boolean;
  /** @defaultValue `'zeros'` */
  readonly betaInitializer?: InitializerLike;
  /** @defaultValue `'ones'` */
  readonly gammaInitializer?: InitializerLike;
  /** @defaultValue `null` */
  readonly betaRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly gammaRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly betaConstraint?: ConstraintLike | null;
  /** @defaultValue `null` */
  readonly gammaConstraint?: ConstraintLike | null;
}

/** What layers have in common that normalise and then compute `gamma x + beta`. */
export abstract class Affine extends Layer {
  readonly epsilon: number;
  readonly center: boolean;
  readonly scale: boolean;
  readonly betaInitializer: Initializer;
  readonly gammaInitializer: Initializer;
  readonly betaRegularizer: Regularizer | null;
  readonly gammaRegularizer: Regularizer | null;
  readonly betaConstraint: Constraint | null;
  readonly gammaConstraint: Constraint | null;

  /** @throws {ArgumentError} */
  constructor(config: AffineConfig = {}) {
    super(config);
    this.epsilon = checkNumberOption(this.className, 'epsilon', config.epsilon ?? 1e-3, { min: 0 });
    this.center = checkBooleanOption(this.className, 'center', config.center ?? true);
    this.scale = checkBooleanOption(this.className, 'scale', config.scale ?? true);
    this.betaInitializer = getInitializer(config.betaInitializer ?? 'zeros');
    this.gammaInitializer = getInitializer(config.gammaInitializer ?? 'ones');
    this.betaRegularizer = getRegularizer(config.betaRegularizer);
    this.gammaRegularizer = getRegularizer(config.gammaRegularizer);
    this.betaConstraint = getConstraint(config.betaConstraint);
    this.gammaConstraint = getConstraint(config.gammaConstraint);
  }

  /** Creates `gamma` and `beta`, those that there are. */
  protected addAffineWeights(shape: Shape): void {
    if (this.scale) {
      this.addWeight('gamma', {
        shape,
        initializer: this.gammaInitializer,
        regularizer: this.gammaRegularizer,
        constraint: this.gammaConstraint,
      });
    }
    if (this.center) {
      this.addWeight('beta', {
        shape,
        initializer: this.betaInitializer,
        regularizer: this.betaRegularizer,
        constraint: this.betaConstraint,
      });
    }
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      epsilon: this.epsilon,
      center: this.center,
      scale: this.scale,
      betaInitializer: describe(this.betaInitializer),
      gammaInitializer: describe(this.gammaInitializer),
      betaRegularizer: describe(this.betaRegularizer),
      gammaRegularizer: describe(this.gammaRegularizer),
      betaConstraint: describe(this.betaConstraint),
      gammaConstraint: describe(this.gammaConstraint),
    };
  }
}
