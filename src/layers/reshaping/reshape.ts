import { type Config, invalidOption, reshape, type Tensor } from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig, type SymbolicShape } from '../layer.js';

/** Options of `Reshape`. */
export interface ReshapeConfig extends LayerConfig {
  /** Shape of one sample; one size may be `-1` or `null`: what is left. */
  readonly targetShape: SymbolicShape;
}

/** Each sample under another shape. Shape: `[batch, ...] -> [batch, ...targetShape]`. */
export class Reshape extends Layer {
  static override readonly className = 'Reshape';
  /** One size may be `-1`. */
  readonly targetShape: readonly number[];

  /** @throws {ArgumentError} */
  constructor(config: ReshapeConfig) {
    super(config);
    const sizes = Array.isArray(config.targetShape)
      ? config.targetShape.map((size: unknown) => size ?? -1)
      : [undefined];
    const isSize = (size: unknown): size is number => Number.isInteger(size) && ((size as number) > 0 || size === -1);
    if (!sizes.every(isSize) || sizes.filter((size) => size === -1).length > 1) {
      const expected = 'a list of positive integers, one of which may be -1';
      throw invalidOption(this.className, 'targetShape', expected, config.targetShape, 'Leave the batch out.');
    }
    this.targetShape = sizes;
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{ minRank: 1 }];
  }

  /** @throws {ShapeError} if the sizes do not agree. */
  override call([x]: readonly [Tensor]): Tensor {
    return reshape(x, [x.shape[0] as number, ...this.targetShape]);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), targetShape: this.targetShape };
  }
}
