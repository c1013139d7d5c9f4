import { add, type Config, checkNumberOption, mul, type Tensor } from '../../tensor/index.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';

/** Options of `CustomScaleLayer`. */
export interface CustomScaleLayerConfig extends LayerConfig {
  /** Factor of the second input. */
  readonly scale: number;
}

/**
 * First input plus `scale` times the second: the residual connection of Keras's InceptionResNetV2.
 * Shape: that of the inputs, which broadcast.
 */
export class CustomScaleLayer extends Layer {
  static override readonly className = 'CustomScaleLayer';
  readonly scale: number;

  /** @throws {ArgumentError} */
  constructor(config: CustomScaleLayerConfig) {
    super(config);
    this.scale = checkNumberOption(this.className, 'scale', config.scale);
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{}, {}];
  }

  override call([x, residual]: readonly [Tensor, Tensor]): Tensor {
    return add(x, mul(residual, this.scale));
  }

  override getConfig(): Config {
    return { ...super.getConfig(), scale: this.scale };
  }
}
