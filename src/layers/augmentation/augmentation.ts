import {
  type Config,
  cast,
  invalidOption,
  isFloating,
  type Seed,
  type Shape,
  type Tensor,
  type Variable,
} from '../../tensor/index.js';
import { onChannelsLast } from '../channels.js';
import { type CallContext, type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkDataFormat, checkSeed, type DataFormat } from '../options.js';
import { SeedGenerator } from '../seedGenerator.js';
import type { Change, DrawChange, PictureShape } from './change.js';
import { DrawnNumbers } from './drawnNumbers.js';
import { AugmentationOptions } from './options.js';
import type { RandomNumbers } from './randomNumbers.js';
import type { AugmentationRecord } from './record.js';

/** Options of a layer that augments: those of Keras's class of that name, in camelCase. */
export interface AugmentationConfig extends LayerConfig {
  readonly [option: string]: unknown;
}

/** For layers that ask for no random numbers. */
const noSeed: Seed = { seed: 0, stream: 0 };

/**
 * A layer that changes pictures at random in training and leaves them alone in inference. Whole numbers become fractions.
 * Whether it is `trainable` makes no difference; gradients flow through it to its input wherever the change has any.
 *
 * Shape: `[batch, height, width, channels]`, unchanged.
 */
export abstract class Augmentation extends Layer {
  static readonly trainingByDefault: boolean = true;
  /** The options of the class as they were given, or by default. */
  readonly options: Config;
  readonly seed: number | null;
  readonly dataFormat: DataFormat;
  readonly #record: AugmentationRecord;
  readonly #draw: DrawChange;
  readonly #infer: (x: Tensor) => Tensor;
  readonly #generator: SeedGenerator | null;

  /** @throws {ArgumentError} if an option is missing that must be given, or is not what it should be. */
  constructor(record: AugmentationRecord, config: AugmentationConfig) {
    super(config);
    const { className, required = [], optional } = record;
    for (const name of required) {
      if (config[name] == null) throw invalidOption(className, name, 'given', config[name]);
    }
    const names = [...required, ...Object.keys(optional)];
    this.options = Object.fromEntries(
      names.map((name) => [name, checkPlain(className, name, config[name] ?? optional[name] ?? null)]),
    );
    this.seed = checkSeed(className, this.options.seed);
    this.dataFormat = checkDataFormat(className, this.options.dataFormat);
    this.#record = record;
    const options = new AugmentationOptions(className, this.options);
    this.#draw = record.prepare(options);
    this.#infer = record.infer?.(options) ?? ((x) => x);
    this.#generator = (record.isRandom ?? true) ? new SeedGenerator(this.seed) : null;
    if (this.#generator !== null) this.#generator.state.path = `${this.name}/seed_generator/seed_generator_state`;
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: 4 }];
  }

  override get mixesSamples(): boolean {
    return this.#record.mixesSamples ?? false;
  }

  /** The state of the random generator, of a layer that needs one. */
  override get states(): readonly Variable[] {
    return this.#generator === null ? [] : [this.#generator.state];
  }

  /** What is drawn for pictures of this shape by these random numbers: what becomes of them, and of their labels. */
  draw(shape: Shape, random: RandomNumbers): Change {
    const [batch, ...each] = shape as PictureShape;
    const [height, width, channels] = this.dataFormat === 'channels_last' ? each : [each[1], each[2], each[0]];
    const change = this.#draw([batch, height, width, channels], random);
    return { ...change, pictures: (x) => onChannelsLast(this.#asFloats(x), this.dataFormat, change.pictures) };
  }

  override call([x]: readonly [Tensor], { training }: CallContext): Tensor {
    if (!training && !this.#record.always) return onChannelsLast(this.#asFloats(x), this.dataFormat, this.#infer);
    const draw = this.#generator?.next() ?? { ...noSeed, step: 0 };
    const dtype = isFloating(x.dtype) ? x.dtype : this.dtype;
    return this.draw(x.shape, new DrawnNumbers({ ...draw, batch: x.shape[0] as number, dtype })).pictures(x);
  }

  #asFloats(x: Tensor): Tensor {
    return isFloating(x.dtype) ? x : cast(x, this.dtype);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), ...this.options };
  }
}

type Plain = Config[string];

/** A number, a text, a truth value, `null`, or a list of such. */
function checkPlain(operation: string, name: string, value: unknown): Plain {
  const isSimple = (one: unknown): boolean => one === null || ['number', 'string', 'boolean'].includes(typeof one);
  const list: readonly unknown[] = Array.isArray(value) ? value.flat() : [value];
  if (list.every(isSimple)) return value as Plain;
  throw invalidOption(operation, name, 'a number, a text, true, false, null or a list of them', value);
}
