import { ArgumentError, type Config, invalidOption, type Tensor } from '../../tensor/index.js';
import { type CallContext, type InputSpec, Layer, type LayerConfig } from '../layer.js';

/** Options of a layer that augments: those of Keras's class of that name, in camelCase. */
export interface AugmentationConfig extends LayerConfig {
  readonly [option: string]: unknown;
}

/** What a class of augmentations is, as plain data. */
export interface AugmentationDescription {
  /** Keras's name of the class. */
  readonly className: string;
  /** Options that must be given. @defaultValue none */
  readonly required?: readonly string[];
  /** The other options and what they are if they are left out. */
  readonly optional: Config;
}

/**
 * A layer that changes pictures at random in training and leaves them alone in inference. It only runs in inference: data
 * are augmented before they reach a model.
 *
 * Shape: `[batch, height, width, channels]`, unchanged.
 */
export abstract class Augmentation extends Layer {
  static readonly trainingByDefault: boolean = true;
  /** The options of the class as they were given, or by default. */
  readonly options: Config;

  /** @throws {ArgumentError} if an option is missing that must be given, or is no plain data. */
  constructor({ className, required = [], optional }: AugmentationDescription, config: AugmentationConfig) {
    super(config);
    for (const name of required) {
      if (config[name] == null) throw invalidOption(className, name, 'given', config[name]);
    }
    const names = [...required, ...Object.keys(optional)];
    this.options = Object.fromEntries(
      names.map((name) => [name, checkPlain(className, name, config[name] ?? optional[name] ?? null)]),
    );
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: 4 }];
  }

  /** @throws {ArgumentError} in training. */
  override call([x]: readonly [Tensor], { training }: CallContext): Tensor {
    if (!training) return this.infer(x);
    throw new ArgumentError({
      operation: `${this.className} '${this.name}'`,
      expected: 'to be run in inference',
      received: 'training',
      remedy: 'Augment the data before they reach the model, or take the layer out: in inference it changes nothing.',
    });
  }

  /** What becomes of pictures in inference. */
  protected infer(x: Tensor): Tensor {
    return x;
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
