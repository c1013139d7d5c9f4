import {
  add,
  batchNorm,
  broadcastTo,
  type Config,
  cast,
  checkAxis,
  checkBooleanOption,
  checkNumberOption,
  div,
  expandDims,
  invalidOption,
  mean,
  mul,
  type ReduceOptions,
  reshape,
  square,
  sub,
  sum,
  type Tensor,
  type Variable,
  where,
} from '../../tensor/index.js';
import { describe } from '../describe.js';
import { getInitializer, type Initializer, type InitializerLike } from '../initializers/index.js';
import { knownSize } from '../knownSize.js';
import type { CallContext, InputSpec, SymbolicShape } from '../layer.js';
import { checkIntegers } from '../options.js';
import { Affine, type AffineConfig } from './affine.js';

/** Options of `BatchNormalization`. */
export interface BatchNormalizationConfig extends AffineConfig {
  /** The axis of the features; files of Keras 2 hold a list of one. @defaultValue `-1` */
  readonly axis?: number | readonly number[];
  /** How much of the moving statistics is kept at each step, in `[0, 1]`. @defaultValue `0.99` */
  readonly momentum?: number;
  /** @defaultValue `'zeros'` */
  readonly movingMeanInitializer?: InitializerLike;
  /** @defaultValue `'ones'` */
  readonly movingVarianceInitializer?: InitializerLike;
  /** Batch renormalisation, which there is not. @defaultValue `false` */
  readonly renorm?: boolean;
  /** Statistics over all devices; there is only one. @defaultValue `false` */
  readonly synchronized?: boolean;
  /** Statistics over parts of the batch (Keras 2), which there are not. @defaultValue `null` */
  readonly virtualBatchSize?: null;
}

/**
 * Brings each feature to mean 0 and variance 1, then scales and shifts it (Ioffe and Szegedy, 2015):
 * `gamma (x - mean) / sqrt(variance + epsilon) + beta`.
 *
 * In training, `mean` and `variance` (the biased one) are the batch's, and the moving statistics follow them:
 * `moving = moving * momentum + batch * (1 - momentum)`. In inference they are the moving statistics. A frozen layer
 * always runs in inference mode.
 *
 * Weights: `gamma`, `beta` (trainable), `moving_mean`, `moving_variance` (never trainable), each `[features]`.
 * Shape: unchanged.
 */
export class BatchNormalization extends Affine {
  static override readonly className = 'BatchNormalization';
  static readonly aliases: readonly string[] = [
    'BatchNormalizationV1',
    'BatchNormalizationV2',
    'SyncBatchNormalization',
  ];
  readonly axis: number;
  readonly momentum: number;
  readonly synchronized: boolean;
  readonly movingMeanInitializer: Initializer;
  readonly movingVarianceInitializer: Initializer;

  /** @throws {ArgumentError} */
  constructor(config: BatchNormalizationConfig = {}) {
    super(config);
    const axes = checkIntegers(this.className, 'axis', config.axis ?? -1);
    if (axes.length !== 1) throw invalidOption(this.className, 'axis', 'one axis', config.axis);
    if (checkBooleanOption(this.className, 'renorm', config.renorm ?? false)) {
      throw invalidOption(this.className, 'renorm', 'false', true, 'Batch renormalisation is not supported.');
    }
    if (config.virtualBatchSize != null) {
      const remedy = 'Statistics over parts of the batch are not supported.';
      throw invalidOption(this.className, 'virtualBatchSize', 'null', config.virtualBatchSize, remedy);
    }
    this.synchronized = checkBooleanOption(this.className, 'synchronized', config.synchronized ?? false);
    this.axis = axes[0] as number;
    this.momentum = checkNumberOption(this.className, 'momentum', config.momentum ?? 0.99, { min: 0, max: 1 });
    this.movingMeanInitializer = getInitializer(config.movingMeanInitializer ?? 'zeros');
    this.movingVarianceInitializer = getInitializer(config.movingVarianceInitializer ?? 'ones');
  }

  override get inferenceWhenFrozen(): boolean {
    return true;
  }

  override get mixesSamples(): boolean {
    return true;
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override get inputSpec(): readonly InputSpec[] {
    const axes = this.built ? { [this.axis]: this.weight('moving_mean').shape[0] as number } : {};
    return [{ minRank: this.axis < 0 ? -this.axis : this.axis + 1, axes }];
  }

  protected override createWeights([input]: readonly [SymbolicShape]): void {
    const shape = [knownSize(this.className, input, this.axis)];
    this.addAffineWeights(shape);
    this.addWeight('moving_mean', { shape, initializer: this.movingMeanInitializer, trainable: false });
    this.addWeight('moving_variance', { shape, initializer: this.movingVarianceInitializer, trainable: false });
  }

  override call([x]: readonly [Tensor], { training, masks: [mask = null] }: CallContext): Tensor {
    const axis = checkAxis(this.className, this.axis, x.rank);
    const features = x.shape.map((size, i) => (i === axis ? size : 1));
    // Along the last axis a vector broadcasts as it is.
    const spread = (vector: Tensor): Tensor => (axis === x.rank - 1 ? vector : reshape(vector, features));
    const statistics = training
      ? this.#batchStatistics(x, axis, mask)
      : {
          mean: spread(this.weight('moving_mean').value),
          variance: spread(this.weight('moving_variance').value),
        };
    return batchNorm(x, {
      ...statistics,
      gamma: this.scale ? spread(this.weight('gamma').value) : null,
      beta: this.center ? spread(this.weight('beta').value) : null,
      epsilon: this.epsilon,
    });
  }

  /**
   * Mean and biased variance of the batch, over what the mask lets through, with every other axis kept as size 1. The
   * moving ones are drawn after them.
   */
  #batchStatistics(x: Tensor, axis: number, mask: Tensor | null): { readonly mean: Tensor; readonly variance: Tensor } {
    const over = { axes: x.shape.flatMap((_, i) => (i === axis ? [] : [i])), keepDims: true };
    const average = mask === null ? (t: Tensor): Tensor => mean(t, over) : maskedMean(mask, over);
    const batchMean = average(x);
    const batchVariance = average(square(sub(x, batchMean)));
    this.#follow(this.weight('moving_mean'), batchMean);
    this.#follow(this.weight('moving_variance'), batchVariance);
    return { mean: batchMean, variance: batchVariance };
  }

  #follow(moving: Variable, batch: Tensor): void {
    const fresh = reshape(batch, moving.shape);
    moving.assign(add(mul(moving.value, this.momentum), mul(fresh, 1 - this.momentum)));
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      axis: this.axis,
      momentum: this.momentum,
      synchronized: this.synchronized,
      movingMeanInitializer: describe(this.movingMeanInitializer),
      movingVarianceInitializer: describe(this.movingVarianceInitializer),
    };
  }
}

/** The mean over what counts. Keras's fuzz factor keeps it finite where nothing does. */
function maskedMean(mask: Tensor, over: ReduceOptions): (t: Tensor) => Tensor {
  return (t) => {
    const counts = broadcastTo(expandDims(mask, -1), t.shape);
    return div(sum(where(counts, t, 0), over), add(sum(cast(counts, t.dtype), over), 1e-7));
  };
}
