import { DepthwiseConv, type DepthwiseConvConfig } from './depthwiseConv.js';

/**
 * Convolution of each channel with filters of its own; channel `c` gives channels `c * depthMultiplier + m`.
 *
 * Weights: `kernel` `[rows, columns, channels, depthMultiplier]` (Keras 2 called it `depthwise_kernel`),
 * `bias` `[channels * depthMultiplier]`.
 * Shape: `[batch, height, width, channels] -> [batch, height', width', channels * depthMultiplier]`.
 */
export class DepthwiseConv2D extends DepthwiseConv {
  static override readonly className = 'DepthwiseConv2D';

  /** @throws {ArgumentError} */
  constructor(config: DepthwiseConvConfig) {
    super(2, config);
  }
}
