import {
  type Config,
  checkBooleanOption,
  checkNumberOption,
  dropout,
  expandDims,
  logicalAnd,
  matmul,
  ShapeError,
  softmax,
  sub,
  type Tensor,
  type Variable,
  where,
} from '../../tensor/index.js';
import { type CallContext, Layer, type LayerConfig, type SymbolicShape } from '../layer.js';
import { checkSeed } from '../options.js';
import { SeedGenerator } from '../seedGenerator.js';
import { bandMask } from './attentionMask.js';

/** Options of attention between sequences. */
export interface SequenceAttentionConfig extends LayerConfig {
  /** Scale scores by a number that is learnt. */
  readonly useScale?: boolean;
  /** Fraction of the attention that is dropped in training. @defaultValue `0` */
  readonly dropout?: number;
  /** An integer fixes what dropout draws. @defaultValue `null`: a stream of the program's seed */
  readonly seed?: number | null;
}

/**
 * What attentions have in common that are applied to a list of query, value and, if it is another one, key: the mean of
 * the values, weighted by `softmax(scores)`.
 *
 * Masks: values that do not count are not looked at, and queries that do not count give 0.
 */
export abstract class SequenceAttention extends Layer {
  static override readonly callOptions: readonly string[] = ['returnAttentionScores', 'useCausalMask'];
  readonly useScale: boolean;
  readonly dropout: number;
  readonly seed: number | null;
  readonly #generator: SeedGenerator;

  /** @throws {ArgumentError} */
  constructor(config: SequenceAttentionConfig & { readonly useScale: boolean }) {
    super(config);
    this.useScale = checkBooleanOption(this.className, 'useScale', config.useScale);
    this.dropout = checkNumberOption(this.className, 'dropout', config.dropout ?? 0, { min: 0, max: 1 });
    this.seed = checkSeed(this.className, config.seed);
    this.#generator = new SeedGenerator(this.seed);
    this.#generator.state.path = `${this.name}/seed_generator/seed_generator_state`;
  }

  /** How well each key fits each query. Shape: `[batch, queries, n], [batch, values, n] -> [batch, queries, values]`. */
  protected abstract scores(query: Tensor, key: Tensor): Tensor;

  /** Creates the weights for queries of `features` features. */
  protected abstract createScale(query: SymbolicShape): void;

  override get supportsMasking(): boolean {
    return true;
  }

  override computeMask(_: readonly Tensor[], [mask = null]: readonly (Tensor | null)[]): readonly (Tensor | null)[] {
    return [mask];
  }

  override get states(): readonly Variable[] {
    return this.dropout > 0 ? [this.#generator.state] : [];
  }

  protected override createWeights(shapes: readonly SymbolicShape[]): void {
    this.#checkCount(shapes);
    this.createScale(shapes[0] as SymbolicShape);
  }

  #checkCount(inputs: readonly unknown[]): void {
    if (inputs.length === 2 || inputs.length === 3) return;
    throw new ShapeError({
      operation: `${this.className} '${this.name}'`,
      expected: 'a list of query and value, or of query, value and key',
      received: `${inputs.length} inputs`,
      remedy: 'For self-attention both are the same tensor.',
    });
  }

  override call(inputs: readonly Tensor[], { masks, options, training }: CallContext): readonly Tensor[] {
    this.#checkCount(inputs);
    const [query, value, key = value] = inputs as readonly [Tensor, Tensor, Tensor?];
    const [queryMask = null, valueMask = null] = masks;
    const products = this.scores(query, key);
    const seen = visible(products, valueMask, options.useCausalMask === true);
    const scores = softmax(seen === null ? products : where(seen, products, sub(products, 1e9)), -1);
    const drops = training && this.dropout > 0;
    const kept = drops ? dropout(scores, { rate: this.dropout, ...this.#generator.next() }) : scores;
    const result = matmul(kept, value);
    const output = queryMask === null ? result : where(expandDims(queryMask, -1), result, 0);
    return options.returnAttentionScores === true ? [output, kept] : [output];
  }

  override getConfig(): Config {
    return { ...super.getConfig(), useScale: this.useScale, dropout: this.dropout, seed: this.seed };
  }
}

/** Which values each query may look at, broadcast against the scores; `null` if all. */
function visible(scores: Tensor, valueMask: Tensor | null, causal: boolean): Tensor | null {
  const values = valueMask === null ? null : expandDims(valueMask, -2);
  if (!causal) return values;
  const [queries, count] = scores.shape.slice(-2) as [number, number];
  const before = bandMask(queries, count, (query, value) => query >= value);
  return values === null ? before : logicalAnd(values, before);
}
