import { Conv, type FiltersConfig } from './conv.js';
import type { AnyPadding } from './convolution.js';

/** Options of `Conv1D`. `padding: 'causal'` lets each step see only itself and what came before. */
export interface Conv1DConfig extends AnyPadding, FiltersConfig {}

/**
 * Convolution of sequences: `activation(x * kernel + bias)`.
 *
 * Weights: `kernel` `[size, channels / groups, filters]`, `bias` `[filters]`.
 * Shape: `[batch, steps, channels] -> [batch, steps', filters]`.
 */
export class Conv1D extends Conv {
  static override readonly className = 'Conv1D';
  static readonly aliases: readonly string[] = ['Convolution1D'];

  /** @throws {ArgumentError} */
  constructor(config: Conv1DConfig) {
    super(1, config, ['valid', 'same', 'causal']);
  }
}
