import { DepthwiseConv, type DepthwiseConvConfig } from './depthwiseConv.js';

/**
 * Convolution of each channel with filters of its own; channel `c` gives channels `c * depthMultiplier + m`.
 *
 * Weights: `kernel` `[size, channels, depthMultiplier]` (Keras 2 called it `depthwise_kernel`),
 * `bias` `[channels * depthMultiplier]`.
 * Shape: `[batch, steps, channels] -> [batch, steps', channels * depthMultiplier]`.
 */
export class DepthwiseConv1D extends DepthwiseConv {
  static override readonly className = 'DepthwiseConv1D';

  /** @throws {ArgumentError} */
  constructor(config: DepthwiseConvConfig) {
    super(1, config);
  }
}
