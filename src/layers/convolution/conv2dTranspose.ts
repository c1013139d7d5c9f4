import { ConvTranspose, type ConvTransposeConfig } from './convTranspose.js';

/**
 * Transposed convolution of pictures, also called deconvolution: larger pictures of smaller ones.
 *
 * Weights: `kernel` `[rows, columns, filters, channels]`, `bias` `[filters]`.
 * Shape: `[batch, height, width, channels] -> [batch, height', width', filters]`.
 */
export class Conv2DTranspose extends ConvTranspose {
  static override readonly className = 'Conv2DTranspose';
  static readonly aliases: readonly string[] = ['Convolution2DTranspose'];

  /** @throws {ArgumentError} */
  constructor(config: ConvTransposeConfig) {
    super(2, config);
  }
}
