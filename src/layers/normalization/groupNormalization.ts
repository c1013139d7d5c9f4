import {
  batchNorm,
  type Config,
  checkAxis,
  mean,
  reshape,
  ShapeError,
  type Tensor,
  variance,
} from '../../tensor/index.js';
import { knownSize } from '../knownSize.js';
import type { InputSpec, SymbolicShape } from '../layer.js';
import { checkCount, checkInteger } from '../options.js';
import { Affine, type AffineConfig } from './affine.js';

/** Options of `GroupNormalization`. */
export interface GroupNormalizationConfig extends AffineConfig {
  /** Number of groups; `-1` makes a group of each channel. @defaultValue `32` */
  readonly groups?: number;
  /** The axis of the channels. @defaultValue `-1` */
  readonly axis?: number;
}

/**
 * Brings each group of channels of each sample to mean 0 and variance 1, then scales and shifts each channel (Wu and He,
 * 2018): `gamma (x - mean) / sqrt(variance + epsilon) + beta`. Training and inference do not differ.
 *
 * Weights: `gamma`, `beta`, each `[channels]`.
 * Shape: unchanged.
 */
export class GroupNormalization extends Affine {
  static override readonly className = 'GroupNormalization';
  readonly groups: number;
  readonly axis: number;

  /** @throws {ArgumentError} */
  constructor(config: GroupNormalizationConfig = {}) {
    super(config);
    const { groups = 32 } = config;
    this.groups = groups === -1 ? -1 : checkCount(this.className, 'groups', groups);
    this.axis = checkInteger(this.className, 'axis', config.axis ?? -1);
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override get inputSpec(): readonly InputSpec[] {
    const [size] = this.built && (this.scale || this.center) ? this.weight(this.scale ? 'gamma' : 'beta').shape : [];
    return [
      {
        minRank: Math.max(2, this.axis < 0 ? -this.axis : this.axis + 1),
        ...(size && { axes: { [this.axis]: size } }),
      },
    ];
  }

  /** @throws {ShapeError} unless the channels can be split into the groups. */
  protected override createWeights([shape]: readonly [SymbolicShape]): void {
    const channels = knownSize(this.className, shape, this.axis);
    if (this.groups !== -1 && channels % this.groups !== 0) {
      throw new ShapeError({
        operation: `${this.className} '${this.name}'`,
        expected: `a number of channels that is a multiple of ${this.groups} groups`,
        received: `${channels}`,
        remedy: 'Every group has the same number of channels.',
      });
    }
    this.addAffineWeights([channels]);
  }

  override call([x]: readonly [Tensor]): Tensor {
    const axis = checkAxis(this.className, this.axis, x.rank);
    const channels = x.shape[axis] as number;
    const groups = this.groups === -1 ? channels : this.groups;
    const split = (shape: readonly number[]): readonly number[] => [
      ...shape.slice(0, axis),
      groups,
      channels / groups,
      ...shape.slice(axis + 1),
    ];
    const grouped = reshape(x, split(x.shape));
    const over = { axes: grouped.shape.flatMap((_, i) => (i === 0 || i === axis ? [] : [i])), keepDims: true };
    const spread = (name: string): Tensor => reshape(this.weight(name).value, split(x.shape.map(() => 1)));
    const normalized = batchNorm(grouped, {
      mean: mean(grouped, over),
      variance: variance(grouped, over),
      gamma: this.scale ? spread('gamma') : null,
      beta: this.center ? spread('beta') : null,
      epsilon: this.epsilon,
    });
    return reshape(normalized, x.shape);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), groups: this.groups, axis: this.axis };
  }
}
