import {
  ArgumentError,
  add,
  broadcastTo,
  type Config,
  cast,
  checkAxes,
  checkBooleanOption,
  div,
  maximum,
  mean,
  mul,
  type NestedArray,
  reshape,
  type Shape,
  sizeOf,
  sqrt,
  square,
  sub,
  Tensor,
  tensor,
  variance,
} from '../../tensor/index.js';
import { knownSize } from '../knownSize.js';
import { type InputSpec, Layer, type LayerConfig, type SymbolicShape } from '../layer.js';
import { checkIntegers } from '../options.js';

/** Options of `Normalization`. */
export interface NormalizationConfig extends LayerConfig {
  /** The axes with statistics of their own; `null` or none: one mean and one variance for all. @defaultValue `-1` */
  readonly axis?: number | readonly number[] | null;
  /** The mean, if it is known: a number, or one for each feature. Needs `variance` too. @defaultValue `null` */
  readonly mean?: NestedArray | null;
  /** @defaultValue `null` */
  readonly variance?: NestedArray | null;
  /** Undo it instead: `x * deviation + mean`. @defaultValue `false` */
  readonly invert?: boolean;
}

/** Mean and variance of some samples. */
interface Statistics {
  readonly mean: Tensor;
  readonly variance: Tensor;
}

/** Smallest deviation to divide by. */
const smallest = 1e-7;

/**
 * Brings each feature to mean 0 and variance 1 by fixed statistics: `(x - mean) / sqrt(variance)`. They are given, or
 * found by `adapt`. Whole numbers become fractions.
 *
 * Weights, unless the statistics are given: `mean`, `variance`, `count` (int32), none of them trainable.
 * Shape: unchanged.
 */
export class Normalization extends Layer {
  static override readonly className = 'Normalization';
  readonly axis: readonly number[];
  readonly invert: boolean;
  readonly #given: Statistics | null;
  readonly #options: Config;
  #rank: number | null = null;

  /** @throws {ArgumentError} if only one of mean and variance is given. */
  constructor(config: NormalizationConfig = {}) {
    super(config);
    const { axis = -1, mean: givenMean = null, variance: givenVariance = null } = config;
    this.axis = axis === null ? [] : checkIntegers(this.className, 'axis', axis);
    this.invert = checkBooleanOption(this.className, 'invert', config.invert ?? false);
    if ((givenMean === null) !== (givenVariance === null)) {
      throw new ArgumentError({
        operation: this.className,
        expected: 'both mean and variance, or neither',
        received: givenMean === null ? 'variance only' : 'mean only',
        remedy: 'Without them, call adapt(data).',
      });
    }
    this.#given =
      givenMean === null || givenVariance === null
        ? null
        : { mean: tensor(givenMean, { dtype: this.dtype }), variance: tensor(givenVariance, { dtype: this.dtype }) };
    this.#options = { mean: givenMean, variance: givenVariance };
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override get inputSpec(): readonly InputSpec[] {
    if (this.#rank === null)
      return [{ minRank: Math.max(0, ...this.axis.map((axis) => (axis < 0 ? -axis : axis + 1))) }];
    const sizes = this.weight('mean').shape;
    const axes = checkAxes(this.className, this.axis, this.#rank).map((axis, i) => [axis, sizes[i] as number] as const);
    return [{ rank: this.#rank, axes: Object.fromEntries(axes) }];
  }

  protected override createWeights([input]: readonly [SymbolicShape]): void {
    if (this.#given !== null) return;
    const axes = checkAxes(this.className, this.axis, input.length);
    const shape = axes.map((axis) => knownSize(this.className, input, axis));
    this.addWeight('mean', { shape, initializer: 'zeros', trainable: false });
    this.addWeight('variance', { shape, initializer: 'ones', trainable: false });
    this.addWeight('count', { shape: [], initializer: 'zeros', trainable: false, dtype: 'int32' });
    this.#rank = input.length;
  }

  /**
   * Finds mean and variance of samples: all at once, or in batches of which one is looked at at a time. What was found
   * before is forgotten.
   * @throws {ArgumentError} if the statistics were given, or there are no samples. @throws {ShapeError}
   */
  async adapt(data: Tensor | Iterable<Tensor> | AsyncIterable<Tensor>): Promise<void> {
    if (this.#given !== null) throw this.#cannotAdapt('a layer without given statistics', 'given mean and variance');
    let found: Statistics | null = null;
    let total = 0;
    for await (const batch of data instanceof Tensor ? [data] : data) {
      this.applyAll([batch]);
      const axes = checkAxes(this.className, this.axis, batch.rank);
      const others = batch.shape.flatMap((_, axis) => (axes.includes(axis) ? [] : [axis]));
      const count = sizeOf(others.map((axis) => batch.shape[axis] as number));
      const x = cast(batch, this.dtype);
      const part = { mean: mean(x, { axes: others }), variance: variance(x, { axes: others }) };
      total += count;
      found = await known(found === null ? part : combine(found, part, count / total));
    }
    if (found === null) throw this.#cannotAdapt('at least one batch', 'none');
    this.weight('mean').assign(found.mean);
    this.weight('variance').assign(found.variance);
    this.weight('count').assign(tensor(Int32Array.of(total), { shape: [] }));
  }

  override call([input]: readonly [Tensor]): Tensor {
    const x = cast(input, this.dtype);
    const axes = checkAxes(this.className, this.axis, x.rank);
    const features = x.shape.map((size, axis) => (axes.includes(axis) ? size : 1));
    const statistic = (name: keyof Statistics): Tensor =>
      this.#given === null
        ? reshape(this.weight(name).value, features)
        : forFeatures(this.#given[name], axes, features);
    const deviation = maximum(sqrt(statistic('variance')), smallest);
    return this.invert ? add(mul(x, deviation), statistic('mean')) : div(sub(x, statistic('mean')), deviation);
  }

  #cannotAdapt(expected: string, received: string): ArgumentError {
    return new ArgumentError({
      operation: `${this.className} '${this.name}'.adapt`,
      expected,
      received,
      remedy: 'Give either statistics or samples to find them in.',
    });
  }

  override getConfig(): Config {
    return { ...super.getConfig(), axis: this.axis, invert: this.invert, ...this.#options };
  }
}

/** Given statistics for each feature: their last axis belongs to the last of the axes with statistics, and so on. */
function forFeatures(given: Tensor, axes: readonly number[], features: Shape): Tensor {
  if (given.rank > axes.length) return broadcastTo(given, features);
  const own = axes.slice(axes.length - given.rank);
  const aligned = features.map((_, axis) => given.shape[own.indexOf(axis)] ?? 1);
  return broadcastTo(reshape(given, aligned), features);
}

/** Statistics of two sets of samples together; `share` is how much of all is in `b`. */
function combine(a: Statistics, b: Statistics, share: number): Statistics {
  const blend = (x: Tensor, y: Tensor): Tensor => add(mul(x, 1 - share), mul(y, share));
  const joint = blend(a.mean, b.mean);
  const spread = ({ mean: own, variance: within }: Statistics): Tensor => add(within, square(sub(own, joint)));
  return { mean: joint, variance: blend(spread(a), spread(b)) };
}

/** The same as numbers, so that the samples they come from can be forgotten. */
async function known(statistics: Statistics): Promise<Statistics> {
  const settle = async (t: Tensor): Promise<Tensor> => tensor(await t.data(), { shape: t.shape });
  return { mean: await settle(statistics.mean), variance: await settle(statistics.variance) };
}
