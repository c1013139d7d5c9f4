import { type Config, checkAxes } from '../../tensor/index.js';
import type { SymbolicShape } from '../layer.js';
import { checkCount, checkIntegers } from '../options.js';
import { HeadAttention, type HeadAttentionConfig, type HeadEquations, type ProjectionConfig } from './headAttention.js';

/** Options of `MultiHeadAttention`. */
export interface MultiHeadAttentionConfig extends HeadAttentionConfig {
  /** Number of heads. */
  readonly numHeads: number;
  /** Features of queries and keys in each head. */
  readonly keyDim: number;
  /** Features of values in each head. @defaultValue `keyDim` */
  readonly valueDim?: number | null;
  /** Shape of the result behind the positions. @defaultValue the features of the query */
  readonly outputShape?: number | readonly number[] | null;
  /** The axes that attention runs along. @defaultValue all but the batch and the features */
  readonly attentionAxes?: number | readonly number[] | null;
}

/** Letters for axes, in Keras's order. */
const letters = (from: number, count: number): string =>
  Array.from({ length: count }, (_, i) => String.fromCharCode(97 + from + i)).join('');

/**
 * Attention with several heads (Vaswani et al., 2017): each projects query, key and value, looks at values by how well
 * their keys fit the query, `softmax(q · k / sqrt(keyDim)) · v`, and what all heads see is projected to the result.
 *
 * Call arguments: `query` `[batch, queries, ...]`, `value`, `key` (the value by default), `attentionMask`
 * `[batch, queries, values]`; options `useCausalMask`, `returnAttentionScores`.
 * Shape: that of the query; with `returnAttentionScores` also `[batch, heads, queries, values]`.
 */
export class MultiHeadAttention extends HeadAttention {
  static override readonly className = 'MultiHeadAttention';
  readonly numHeads: number;
  readonly keyDim: number;
  readonly valueDim: number;
  readonly outputShape: readonly number[] | null;
  readonly attentionAxes: readonly number[] | null;

  /** @throws {ArgumentError} */
  constructor(config: MultiHeadAttentionConfig) {
    super(config);
    this.numHeads = checkCount(this.className, 'numHeads', config.numHeads);
    this.keyDim = checkCount(this.className, 'keyDim', config.keyDim);
    this.valueDim = checkCount(this.className, 'valueDim', config.valueDim ?? this.keyDim);
    const { outputShape = null, attentionAxes = null } = config;
    this.outputShape =
      outputShape === null
        ? null
        : checkIntegers(this.className, 'outputShape', outputShape).map((size) =>
            checkCount(this.className, 'outputShape', size),
          );
    this.attentionAxes = attentionAxes === null ? null : checkIntegers(this.className, 'attentionAxes', attentionAxes);
  }

  protected override get scale(): number {
    return 1 / Math.sqrt(this.keyDim);
  }

  protected override describeProjections(query: SymbolicShape, key: SymbolicShape, value: SymbolicShape) {
    const { numHeads, keyDim, valueDim } = this;
    const features = this.outputShape ?? [query.at(-1) as number];
    return {
      query: projection(query.length - 1, 1, [numHeads, keyDim]),
      key: projection(key.length - 1, 1, [numHeads, keyDim]),
      gate: projection(query.length - 1, 1, [numHeads, valueDim]),
      value: projection(value.length - 1, 1, [numHeads, valueDim]),
      output: projection(query.length - 1, 2, features),
    };
  }

  protected override resultShape(query: SymbolicShape): SymbolicShape {
    return [...query.slice(0, -1), this.numHeads, this.valueDim];
  }

  /** Axes that attention does not run along go through with the batch and the heads. */
  protected override equations(rank: number): HeadEquations {
    const axes =
      this.attentionAxes === null
        ? Array.from({ length: rank - 3 }, (_, i) => i + 1)
        : checkAxes(this.className, this.attentionAxes, rank - 1);
    const target = [...letters(0, rank)];
    const fresh = [...letters(rank, axes.length)];
    const source = target.map((letter, axis) => (axes.includes(axis) ? (fresh.shift() as string) : letter));
    const through = target.filter((_, axis) => !axes.includes(axis) && axis !== rank - 1);
    const at = (labels: readonly string[]): string => axes.map((axis) => labels[axis]).join('');
    const product = `${through.join('')}${at(target)}${at(source)}`;
    return {
      scores: `${target.join('')},${source.join('')}->${product}`,
      combine: `${product},${source.join('')}->${target.join('')}`,
      axes: axes.length,
    };
  }

  override getConfig(): Config {
    const { numHeads, keyDim, valueDim, outputShape, attentionAxes } = this;
    return { ...super.getConfig(), ...{ numHeads, keyDim, valueDim, outputShape, attentionAxes } };
  }
}

/** From the last `bound` axes to axes of the sizes `output`; `free` axes in front stay as they are. */
function projection(free: number, bound: number, output: readonly number[]): ProjectionConfig {
  const [kept, summed, made] = [letters(0, free), letters(free, bound), letters(free + bound, output.length)];
  return {
    equation: `${kept}${summed},${summed}${made}->${kept}${made}`,
    outputShape: [...Array.from({ length: free - 1 }, () => null), ...output],
    biasAxes: made,
  };
}
