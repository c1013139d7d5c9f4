import { AdditiveAttention, type AdditiveAttentionConfig } from './additiveAttention.js';
import { Attention, type AttentionConfig } from './attention.js';
import { GroupQueryAttention, type GroupQueryAttentionConfig } from './groupQueryAttention.js';
import { MultiHeadAttention, type MultiHeadAttentionConfig } from './multiHeadAttention.js';

/** Attention with several heads. */
export function multiHeadAttention(config: MultiHeadAttentionConfig): MultiHeadAttention {
  return new MultiHeadAttention(config);
}

/** Attention in which groups of heads share keys and values. */
export function groupQueryAttention(config: GroupQueryAttentionConfig): GroupQueryAttention {
  return new GroupQueryAttention(config);
}

/** Attention by products of queries and keys. */
export function attention(config: AttentionConfig = {}): Attention {
  return new Attention(config);
}

/** Attention by sums of queries and keys. */
export function additiveAttention(config: AdditiveAttentionConfig = {}): AdditiveAttention {
  return new AdditiveAttention(config);
}
