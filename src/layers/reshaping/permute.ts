import { type Config, invalidOption, type Tensor, transpose } from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkIntegers } from '../options.js';

/** Options of `Permute`. */
export interface PermuteConfig extends LayerConfig {
  /** The axes in their new order, counted from 1; the batch, axis 0, stays. */
  readonly dims: readonly number[];
}

/** Axes in another order. Shape: axis `i` of the result is axis `dims[i - 1]` of the input. */
export class Permute extends Layer {
  static override readonly className = 'Permute';
  readonly dims: readonly number[];

  /** @throws {ArgumentError} unless `dims` names 1 … n once each. */
  constructor(config: PermuteConfig) {
    super(config);
    this.dims = checkIntegers(this.className, 'dims', config.dims);
    const inOrder = [...this.dims].sort((a, b) => a - b);
    if (inOrder.length === 0 || inOrder.some((dim, i) => dim !== i + 1)) {
      throw invalidOption(
        this.className,
        'dims',
        'the axes 1 to n, each once',
        config.dims,
        'The batch is axis 0 and stays.',
      );
    }
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ rank: this.dims.length + 1 }];
  }

  override call([x]: readonly [Tensor]): Tensor {
    return transpose(x, [0, ...this.dims]);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), dims: this.dims };
  }
}
