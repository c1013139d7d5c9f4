import { type Config, type Tensor, type TensorLike, tensor } from '../../tensor/index.js';
import { type CallContext, Layer, type LayerConfig } from '../layer.js';
import type { LayerClass } from '../layerClasses.js';

/** What an operation is given: tensors, lists of them, and plain data, by the names of its arguments and options. */
export class Given {
  constructor(
    readonly tensors: ReadonlyMap<string, readonly Tensor[]>,
    readonly data: Config,
  ) {}

  /** The tensor of an argument. */
  tensor(name: string): Tensor {
    const [given] = this.list(name);
    return given ?? tensor(this.data[name] as number);
  }

  /** All tensors of an argument. */
  list(name: string): readonly Tensor[] {
    return this.tensors.get(name) ?? [];
  }

  /** A tensor, a number, or numbers in nested lists. */
  operand(name: string): TensorLike {
    return this.list(name)[0] ?? (this.data[name] as TensorLike);
  }

  /** An option, or what it is if the file does not say. */
  option<T>(name: string, otherwise: T): T {
    return (this.data[name] ?? otherwise) as T;
  }
}

/** One operation as a record: its name in `keras.ops`, the names of its arguments, and what it computes. */
export interface OperationRecord {
  /** Keras's class, as files have it: `Add`, `GetItem`. */
  readonly name: string;
  /** Names of the arguments by position. */
  readonly arguments: readonly string[];
  /** Whether the first argument is a list of tensors. @defaultValue `false` */
  readonly takesList?: boolean;
  compute(given: Given): Tensor | readonly Tensor[];
}

/** What an operation's layer is made of: a name, and the options of the operation, such as an axis. */
export type OperationConfig = Pick<LayerConfig, 'name'> & Config;

/**
 * A function of tensors that a model contains, as `x + y` and `keras.ops.mean(x)` are recorded by functional models.
 * It has no weights. Arguments may be tensors or plain data, and its options are kept as files have them.
 */
abstract class Operation extends Layer {
  readonly #options: Config;

  constructor(config: OperationConfig = {}) {
    const { name, trainable: _, dtype, ...options } = config;
    super({ name });
    // Of a layer's own options only `dtype` is an operation's too: what a cast turns numbers into.
    this.#options = dtype === undefined ? options : { ...options, dtype };
  }

  protected abstract readonly record: OperationRecord;

  override call(inputs: readonly Tensor[], { inputNames, options }: CallContext): Tensor | readonly Tensor[] {
    const tensors = new Map<string, Tensor[]>();
    for (const [i, input] of inputs.entries()) {
      const name = inputNames[i] as string;
      const list = tensors.get(name);
      if (list === undefined) tensors.set(name, [input]);
      else list.push(input);
    }
    return this.record.compute(new Given(tensors, { ...this.#options, ...options }));
  }

  override getConfig(): Config {
    return { name: this.name, ...this.#options };
  }
}

/** Prefix of the names under which operations are registered: `Add` is a layer, `ops.Add` an operation. */
export const operationPrefix = 'ops.';

/** The class of layers for an operation. */
export function operationClass(record: OperationRecord): LayerClass & typeof Layer {
  return class extends Operation {
    static override readonly className = `${operationPrefix}${record.name}`;
    static override readonly callArguments = record.arguments;
    static readonly listArguments = record.takesList === true ? record.arguments : [];
    // Any argument may be plain data instead, as in `x * 2`.
    static override readonly callOptions = record.arguments;
    protected override readonly record = record;
  };
}
