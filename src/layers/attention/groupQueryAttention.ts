import { ArgumentError, type Config, formatValue, gather, type Tensor, tensor } from '../../tensor/index.js';
import type { Layer, SymbolicShape } from '../layer.js';
import { checkCount } from '../options.js';
import {
  HeadAttention,
  type HeadAttentionConfig,
  type HeadEquations,
  type Projected,
  type ProjectionConfig,
} from './headAttention.js';

/** Options of `GroupQueryAttention`. */
export interface GroupQueryAttentionConfig extends HeadAttentionConfig {
  /** Features of each head. */
  readonly headDim: number;
  /** Number of heads of queries. */
  readonly numQueryHeads: number;
  /** Number of heads of keys and values, which divides that of queries. */
  readonly numKeyValueHeads: number;
}

/**
 * Attention in which groups of heads share keys and values (Ainslie et al., 2023). For the rest see `MultiHeadAttention`.
 * Shape: `[batch, queries, features], [batch, values, ...] -> [batch, queries, features]`.
 */
export class GroupQueryAttention extends HeadAttention {
  static override readonly className = 'GroupQueryAttention';
  static readonly aliases: readonly string[] = ['GroupedQueryAttention'];
  readonly headDim: number;
  readonly numQueryHeads: number;
  readonly numKeyValueHeads: number;

  /** @throws {ArgumentError} unless heads can be shared out evenly. */
  constructor(config: GroupQueryAttentionConfig) {
    super(config);
    this.headDim = checkCount(this.className, 'headDim', config.headDim);
    this.numQueryHeads = checkCount(this.className, 'numQueryHeads', config.numQueryHeads);
    this.numKeyValueHeads = checkCount(this.className, 'numKeyValueHeads', config.numKeyValueHeads);
    if (this.numQueryHeads % this.numKeyValueHeads === 0) return;
    throw new ArgumentError({
      operation: this.className,
      expected: 'numKeyValueHeads to divide numQueryHeads',
      received: formatValue([this.numKeyValueHeads, this.numQueryHeads]),
      remedy: 'As many queries share each key.',
    });
  }

  override get pathName(): string {
    return 'grouped_query_attention';
  }

  /** Keras keeps its layers to itself, as their underscores say in files. */
  override get parts(): Readonly<Record<string, Layer | readonly Layer[]>> {
    return Object.fromEntries(Object.entries(super.parts).map(([name, part]) => [`_${name.replace('_', '')}`, part]));
  }

  protected override get scale(): number {
    return 1 / Math.sqrt(this.headDim);
  }

  protected override describeProjections(query: SymbolicShape) {
    const { headDim, numQueryHeads, numKeyValueHeads } = this;
    const toQueries: ProjectionConfig = {
      equation: 'bqm,muh->bquh',
      outputShape: [null, numQueryHeads, headDim],
      biasAxes: 'uh',
    };
    const toValues: ProjectionConfig = {
      equation: 'bkm,mvh->bkvh',
      outputShape: [null, numKeyValueHeads, headDim],
      biasAxes: 'vh',
    };
    const output = { equation: 'bquh,uhm->bqm', outputShape: [null, query.at(-1) as number], biasAxes: 'm' };
    return { query: toQueries, key: toValues, gate: toQueries, value: toValues, output };
  }

  protected override resultShape(): SymbolicShape {
    return [null, null, this.numQueryHeads, this.headDim];
  }

  protected override equations(): HeadEquations {
    return { scores: 'bquh,bkuh->buqk', combine: 'buqk,bkuh->bquh', axes: 1 };
  }

  /** Each key and value once for every query that shares it. */
  protected override match({ query, key, value }: Projected): Projected {
    const share = this.numQueryHeads / this.numKeyValueHeads;
    if (share === 1) return { query, key, value };
    const heads = tensor(Int32Array.from({ length: this.numQueryHeads }, (_, i) => Math.floor(i / share)));
    const repeat = (x: Tensor): Tensor => gather(x, heads, 2);
    return { query, key: repeat(key), value: repeat(value) };
  }

  override getConfig(): Config {
    const { headDim, numQueryHeads, numKeyValueHeads } = this;
    return { ...super.getConfig(), ...{ headDim, numQueryHeads, numKeyValueHeads } };
  }
}
