import {
  ArgumentError,
  type Config,
  checkShape,
  type DType,
  dtypes,
  floatx,
  formatValue,
  type Tensor,
} from '../tensor/index.js';
import { Layer, type LayerNode, type SymbolicShape, SymbolicTensor } from './layer.js';

/** Options of `input`. */
export interface InputConfig {
  /** Shape of one sample, as in `[224, 224, 3]`; `null` for a size that may vary. */
  readonly shape?: SymbolicShape;
  /** Shape with the batch in front, when the batch size is fixed. @defaultValue `[null, ...shape]` */
  readonly batchShape?: SymbolicShape;
  /** @defaultValue `floatx()` */
  readonly dtype?: DType | undefined;
  readonly name?: string | undefined;
}

/** Where data enters a functional model. Made by `input`. */
export class InputLayer extends Layer {
  static override readonly className = 'InputLayer';
  readonly batchShape: SymbolicShape;
  readonly inputDType: DType;
  readonly output: SymbolicTensor;

  /** @throws {ArgumentError} without a shape, or for sizes that are no positive integers. */
  constructor(config: InputConfig) {
    const { name, dtype = floatx() } = config;
    super({ name });
    const batchShape = config.batchShape ?? (config.shape ? [null, ...config.shape] : undefined);
    if (
      !batchShape?.every((size) => size === null || (Number.isInteger(size) && size > 0)) ||
      !dtypes.includes(dtype)
    ) {
      throw new ArgumentError({
        operation: 'input',
        expected: 'a shape of positive integers or null, and a dtype',
        received: `${formatValue(batchShape)}, ${formatValue(dtype)}`,
        remedy: 'For colour pictures: input({ shape: [height, width, 3] }).',
      });
    }
    checkShape(
      'input',
      batchShape.map((size) => size ?? 1),
    );
    this.batchShape = batchShape;
    this.inputDType = dtype;
    const outputs: SymbolicTensor[] = [];
    const node: LayerNode = { layer: this, inputs: [], outputs, training: undefined, options: {} };
    this.output = new SymbolicTensor(batchShape, dtype, node, 0);
    outputs.push(this.output);
    this.inboundNodes.push(node);
    this.build();
  }

  call(inputs: readonly Tensor[]): readonly Tensor[] {
    return inputs;
  }

  override getConfig(): Config {
    return { name: this.name, batchShape: this.batchShape, dtype: this.inputDType };
  }

  static override fromConfig(config: Config): InputLayer {
    return new InputLayer(config);
  }
}

/**
 * The start of a functional model: a symbolic tensor to apply layers to.
 *
 * ```ts
 * const x = input({ shape: [32, 32, 3] });
 * const net = model({ inputs: x, outputs: layers.dense({ units: 10 }).apply(layers.flatten().apply(x)) });
 * ```
 */
export function input(config: InputConfig): SymbolicTensor {
  return new InputLayer(config).output;
}
