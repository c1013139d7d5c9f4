import { ConvTranspose, type ConvTransposeConfig } from './convTranspose.js';

/**
 * Transposed convolution of volumes, also called deconvolution: larger volumes of smaller ones.
 *
 * Weights: `kernel` `[depth, rows, columns, filters, channels]`, `bias` `[filters]`.
 * Shape: `[batch, depth, height, width, channels] -> [batch, depth', height', width', filters]`.
 */
export class Conv3DTranspose extends ConvTranspose {
  static override readonly className = 'Conv3DTranspose';
  static readonly aliases: readonly string[] = ['Convolution3DTranspose'];

  /** @throws {ArgumentError} */
  constructor(config: ConvTransposeConfig) {
    super(3, config);
  }
}
