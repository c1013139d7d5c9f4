import {
  ArgumentError,
  type Config,
  cast,
  checkChoiceOption,
  checkNumberOption,
  expandDims,
  greaterEqual,
  invalidOption,
  sum,
  type Tensor,
  tensor,
} from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkCount } from '../options.js';
import { encodeCategories, type OutputMode, outputModes } from './encodeCategories.js';

/** Options of `Discretization`. */
export interface DiscretizationConfig extends LayerConfig {
  /** Where one range ends and the next begins, in order: n boundaries make n + 1 ranges. */
  readonly binBoundaries?: readonly number[] | null;
  /** Number of ranges, of a layer whose boundaries Keras finds by `adapt`. @defaultValue `null` */
  readonly numBins?: number | null;
  /** How exactly `adapt` finds them. Kept for files. @defaultValue `0.01` */
  readonly epsilon?: number;
  /** See `encodeCategories`. @defaultValue `'int'` */
  readonly outputMode?: OutputMode;
}

/**
 * The number of the range each number lies in: how many boundaries are not above it.
 * Shape: unchanged for `'int'`; otherwise see `CategoryEncoding`.
 */
export class Discretization extends Layer {
  static override readonly className = 'Discretization';
  readonly binBoundaries: readonly number[] | null;
  readonly numBins: number | null;
  readonly epsilon: number;
  readonly outputMode: OutputMode;

  /** @throws {ArgumentError} unless there are boundaries, in order, or a number of ranges. */
  constructor(config: DiscretizationConfig) {
    super(config);
    const { binBoundaries: boundaries = null, numBins = null } = config;
    if (boundaries === null && numBins === null) {
      throw invalidOption(this.className, 'binBoundaries', 'a list of numbers', boundaries);
    }
    if (boundaries !== null && !Array.isArray(boundaries)) {
      throw invalidOption(this.className, 'binBoundaries', 'a list of numbers', boundaries);
    }
    const numbers =
      boundaries?.map((value: unknown) => checkNumberOption(this.className, 'binBoundaries', value)) ?? null;
    if (numbers?.some((value, i) => i > 0 && value < (numbers[i - 1] as number))) {
      throw invalidOption(this.className, 'binBoundaries', 'in order', boundaries, 'Sort them.');
    }
    this.binBoundaries = numbers;
    this.numBins = numBins === null ? null : checkCount(this.className, 'numBins', numBins);
    this.epsilon = checkNumberOption(this.className, 'epsilon', config.epsilon ?? 0.01, { min: 0 });
    this.outputMode = checkChoiceOption(this.className, 'outputMode', config.outputMode ?? 'int', outputModes);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{}];
  }

  override call([x]: readonly [Tensor]): Tensor {
    const boundaries = this.binBoundaries;
    if (boundaries === null) {
      throw new ArgumentError({
        operation: `${this.className} '${this.name}'`,
        expected: 'boundaries',
        received: 'a layer whose boundaries were not found yet',
        remedy: 'Adapt the layer in Keras, or give binBoundaries.',
      });
    }
    const { outputMode: mode, dtype } = this;
    const passed = greaterEqual(
      cast(expandDims(x, x.rank), dtype),
      tensor([...boundaries], { shape: [boundaries.length], dtype }),
    );
    const indices = cast(sum(cast(passed, dtype), { axes: -1 }), 'int32');
    return encodeCategories(indices, { mode, depth: boundaries.length + 1, dtype: mode === 'int' ? 'int32' : dtype });
  }

  override getConfig(): Config {
    const { binBoundaries, numBins, epsilon, outputMode } = this;
    return { ...super.getConfig(), ...{ binBoundaries, numBins, epsilon, outputMode } };
  }
}
