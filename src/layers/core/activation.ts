import type { Config, Tensor } from '../../tensor/index.js';
import { type ActivationFunction, type ActivationLike, getActivation } from '../activations.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';

/** Options of `Activation`. */
export interface ActivationConfig extends LayerConfig {
  readonly activation: ActivationLike;
}

/** An activation as a layer of its own: `activation(x)`. Shape: unchanged. */
export class Activation extends Layer {
  static override readonly className = 'Activation';
  readonly activation: ActivationFunction;

  /** @throws {ArgumentError} for an unknown activation. */
  constructor(config: ActivationConfig) {
    super(config);
    this.activation = getActivation(config.activation);
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{}];
  }

  override call([x]: readonly [Tensor]): Tensor {
    return this.activation.apply(x);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), activation: this.activation.name };
  }
}
