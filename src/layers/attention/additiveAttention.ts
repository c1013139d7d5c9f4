import { add, expandDims, mul, sum, type Tensor, tanh } from '../../tensor/index.js';
import { knownSize } from '../knownSize.js';
import type { SymbolicShape } from '../layer.js';
import { SequenceAttention, type SequenceAttentionConfig } from './sequenceAttention.js';

/** Options of `AdditiveAttention`. */
export interface AdditiveAttentionConfig extends SequenceAttentionConfig {
  /** @defaultValue `true` */
  readonly useScale?: boolean;
}

/**
 * Attention by `sum(scale tanh(query + key))` (Bahdanau et al., 2015). Apply it to `[query, value]` or
 * `[query, value, key]`. Options: `useCausalMask`, `returnAttentionScores`.
 *
 * Weights: `scale` `[n]` with `useScale`.
 * Shape: `[batch, queries, n], [batch, values, m] -> [batch, queries, m]`.
 */
export class AdditiveAttention extends SequenceAttention {
  static override readonly className = 'AdditiveAttention';

  /** @throws {ArgumentError} */
  constructor(config: AdditiveAttentionConfig = {}) {
    super({ ...config, useScale: config.useScale ?? true });
  }

  protected override createScale(query: SymbolicShape): void {
    if (!this.useScale) return;
    this.addWeight('scale', { shape: [knownSize(this.className, query, -1)], initializer: 'glorotUniform' });
  }

  protected override scores(query: Tensor, key: Tensor): Tensor {
    const sums = tanh(add(expandDims(query, -2), expandDims(key, -3)));
    return sum(this.useScale ? mul(sums, this.weight('scale').value) : sums, { axes: -1 });
  }
}
