import { SeparableConv, type SeparableConvConfig } from './separableConv.js';

/**
 * A convolution in two cheaper steps: each channel with filters of its own, then all channels mixed at each place.
 *
 * Weights: `depthwise_kernel` `[rows, columns, channels, depthMultiplier]`, `pointwise_kernel`
 * `[1, 1, channels * depthMultiplier, filters]`, `bias` `[filters]`.
 * Shape: `[batch, height, width, channels] -> [batch, height', width', filters]`.
 */
export class SeparableConv2D extends SeparableConv {
  static override readonly className = 'SeparableConv2D';
  static readonly aliases: readonly string[] = ['SeparableConvolution2D'];

  /** @throws {ArgumentError} */
  constructor(config: SeparableConvConfig) {
    super(2, config);
  }
}
