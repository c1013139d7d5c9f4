import { Conv, type ConvConfig } from './conv.js';

/**
 * Convolution of pictures: `activation(x * kernel + bias)`.
 *
 * Weights: `kernel` `[rows, columns, channels / groups, filters]`, `bias` `[filters]`.
 * Shape: `[batch, height, width, channels] -> [batch, height', width', filters]`.
 */
export class Conv2D extends Conv {
  static override readonly className = 'Conv2D';
  static readonly aliases: readonly string[] = ['Convolution2D'];

  /** @throws {ArgumentError} */
  constructor(config: ConvConfig) {
    super(2, config);
  }
}
