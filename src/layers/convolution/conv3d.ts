import { Conv, type ConvConfig } from './conv.js';

/**
 * Convolution of volumes: `activation(x * kernel + bias)`.
 *
 * Weights: `kernel` `[depth, rows, columns, channels / groups, filters]`, `bias` `[filters]`.
 * Shape: `[batch, depth, height, width, channels] -> [batch, depth', height', width', filters]`.
 */
export class Conv3D extends Conv {
  static override readonly className = 'Conv3D';
  static readonly aliases: readonly string[] = ['Convolution3D'];

  /** @throws {ArgumentError} */
  constructor(config: ConvConfig) {
    super(3, config);
  }
}
