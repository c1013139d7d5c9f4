import { ConvTranspose, type ConvTransposeConfig } from './convTranspose.js';

/**
 * Transposed convolution of sequences, also called deconvolution: larger sequences of smaller ones.
 *
 * Weights: `kernel` `[size, filters, channels]`, `bias` `[filters]`.
 * Shape: `[batch, steps, channels] -> [batch, steps', filters]`.
 */
export class Conv1DTranspose extends ConvTranspose {
  static override readonly className = 'Conv1DTranspose';
  static readonly aliases: readonly string[] = ['Convolution1DTranspose'];

  /** @throws {ArgumentError} */
  constructor(config: ConvTransposeConfig) {
    super(1, config);
  }
}
