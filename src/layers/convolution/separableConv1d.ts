import { SeparableConv, type SeparableConvConfig } from './separableConv.js';

/**
 * A convolution in two cheaper steps: each channel with filters of its own, then all channels mixed at each place.
 *
 * Weights: `depthwise_kernel` `[size, channels, depthMultiplier]`, `pointwise_kernel`
 * `[1, channels * depthMultiplier, filters]`, `bias` `[filters]`.
 * Shape: `[batch, steps, channels] -> [batch, steps', filters]`.
 */
export class SeparableConv1D extends SeparableConv {
  static override readonly className = 'SeparableConv1D';
  static readonly aliases: readonly string[] = ['SeparableConvolution1D'];

  /** @throws {ArgumentError} */
  constructor(config: SeparableConvConfig) {
    super(1, config);
  }
}
