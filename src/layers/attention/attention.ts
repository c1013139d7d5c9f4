import {
  add,
  type Config,
  checkChoiceOption,
  expandDims,
  matmul,
  mul,
  sum,
  type Tensor,
  tanh,
} from '../../tensor/index.js';
import { SequenceAttention, type SequenceAttentionConfig } from './sequenceAttention.js';

/** Options of `Attention`. */
export interface AttentionConfig extends SequenceAttentionConfig {
  /** @defaultValue `false` */
  readonly useScale?: boolean;
  /** `'dot'`: query · key; `'concat'`: `sum(tanh(query + key))`, scaled. @defaultValue `'dot'` */
  readonly scoreMode?: 'dot' | 'concat';
}

/**
 * Attention by how well keys fit queries (Luong et al., 2015). Apply it to `[query, value]` or `[query, value, key]`.
 * Options: `useCausalMask`, `returnAttentionScores`.
 *
 * Weights: `scale` `[]` with `useScale`, `concat_score_weight` `[]` for `'concat'`.
 * Shape: `[batch, queries, n], [batch, values, m] -> [batch, queries, m]`.
 */
export class Attention extends SequenceAttention {
  static override readonly className = 'Attention';
  readonly scoreMode: 'dot' | 'concat';

  /** @throws {ArgumentError} */
  constructor(config: AttentionConfig = {}) {
    super({ ...config, useScale: config.useScale ?? false });
    this.scoreMode = checkChoiceOption(this.className, 'scoreMode', config.scoreMode ?? 'dot', ['dot', 'concat']);
  }

  protected override createScale(): void {
    if (this.useScale) this.addWeight('scale', { shape: [], initializer: 'ones' });
    if (this.scoreMode === 'concat') this.addWeight('concat_score_weight', { shape: [], initializer: 'ones' });
  }

  protected override scores(query: Tensor, key: Tensor): Tensor {
    const scaled = (x: Tensor): Tensor => (this.useScale ? mul(x, this.weight('scale').value) : x);
    if (this.scoreMode === 'dot') return scaled(matmul(query, key, { transposeB: true }));
    const sums = tanh(scaled(add(expandDims(query, -2), expandDims(key, -3))));
    return mul(sum(sums, { axes: -1 }), this.weight('concat_score_weight').value);
  }

  override getConfig(): Config {
    return { ...super.getConfig(), scoreMode: this.scoreMode };
  }
}
