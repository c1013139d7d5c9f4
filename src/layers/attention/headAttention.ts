import {
  type Config,
  checkBooleanOption,
  checkNumberOption,
  einsum,
  expandDims,
  mul,
  ShapeError,
  softmax,
  type Tensor,
  where,
} from '../../tensor/index.js';
import { maskedSoftmax } from '../activation/maskedSoftmax.js';
import { type ConstraintLike, getConstraint } from '../constraints.js';
import { EinsumDense, type EinsumDenseConfig } from '../core/einsumDense.js';
import { describe } from '../describe.js';
import { getInitializer, type InitializerLike } from '../initializers/index.js';
import { type CallContext, Layer, type LayerConfig, type SymbolicShape } from '../layer.js';
import { checkCount, checkSeed } from '../options.js';
import { Dropout } from '../regularization/dropout.js';
import { getRegularizer, type RegularizerLike } from '../regularizers.js';
import { combineMasks } from './attentionMask.js';

/** Options of attention with several heads. */
export interface HeadAttentionConfig extends LayerConfig {
  /** Fraction of the attention that is dropped in training. @defaultValue `0` */
  readonly dropout?: number;
  /** @defaultValue `true` */
  readonly useBias?: boolean;
  /** Scale what comes out by numbers in (0, 1) that follow from the query. @defaultValue `false` */
  readonly useGate?: boolean;
  /** How many positions a query sees to each side, itself included; `null` for all. @defaultValue `null` */
  readonly slidingWindow?: number | null;
  /** @defaultValue `'glorotUniform'` */
  readonly kernelInitializer?: InitializerLike;
  /** @defaultValue `'zeros'` */
  readonly biasInitializer?: InitializerLike;
  /** @defaultValue `null` */
  readonly kernelRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly biasRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly kernelConstraint?: ConstraintLike | null;
  /** @defaultValue `null` */
  readonly biasConstraint?: ConstraintLike | null;
  /** An integer fixes what dropout draws. @defaultValue `null`: a stream of the program's seed */
  readonly seed?: number | null;
}

/** Query, key and value, projected to heads: `[batch, ..., heads, features]`. */
export interface Projected {
  readonly query: Tensor;
  readonly key: Tensor;
  readonly value: Tensor;
}

/** How scores and results are computed of what is projected. */
export interface HeadEquations {
  /** Queries and keys give scores. */
  readonly scores: string;
  /** Scores and values give the result. */
  readonly combine: string;
  /** Number of axes that attention runs along; in scores those of queries come before those of values, at the end. */
  readonly axes: number;
}

/** The layers that project. */
interface Projections {
  readonly queryDense: EinsumDense;
  readonly keyDense: EinsumDense;
  readonly gateDense?: EinsumDense;
  readonly valueDense: EinsumDense;
  readonly outputDense: EinsumDense;
}

/** Options of the projection of one argument. */
export type ProjectionConfig = Pick<EinsumDenseConfig, 'equation' | 'outputShape'> & {
  /** The letters that get a bias, if there is any. */
  readonly biasAxes: string;
};

/** As far below all scores as single precision goes without overflow: what Keras puts where nothing may be seen. */
const unseen = -0.7 * 3.38953e38;

/** What attentions with several heads have in common. */
export abstract class HeadAttention extends Layer {
  static override readonly callArguments: readonly string[] = [
    ...['query', 'value', 'key'],
    ...['queryMask', 'valueMask', 'keyMask', 'attentionMask'],
  ];
  static override readonly callOptions: readonly string[] = ['returnAttentionScores', 'useCausalMask'];
  readonly dropout: number;
  readonly useBias: boolean;
  readonly useGate: boolean;
  readonly slidingWindow: number | null;
  readonly seed: number | null;
  readonly #shared: ReturnType<typeof sharedOptions>;
  readonly #dropoutLayer: Dropout;
  #projections: Projections | null = null;

  /** @throws {ArgumentError} */
  constructor(config: HeadAttentionConfig) {
    // A price on activities is one on what each projection gives, not on the result.
    super({ ...config, activityRegularizer: null });
    this.dropout = checkNumberOption(this.className, 'dropout', config.dropout ?? 0, { min: 0, max: 1 });
    this.useBias = checkBooleanOption(this.className, 'useBias', config.useBias ?? true);
    this.useGate = checkBooleanOption(this.className, 'useGate', config.useGate ?? false);
    const window = config.slidingWindow ?? null;
    this.slidingWindow = window === null ? null : checkCount(this.className, 'slidingWindow', window);
    this.seed = checkSeed(this.className, config.seed);
    this.#shared = sharedOptions(config);
    this.#dropoutLayer = new Dropout({ rate: this.dropout, seed: this.seed, name: 'dropout' });
  }

  /** How query, key and value are projected, given their shapes. */
  protected abstract describeProjections(
    query: SymbolicShape,
    key: SymbolicShape,
    value: SymbolicShape,
  ): { readonly [K in 'query' | 'key' | 'gate' | 'value' | 'output']: ProjectionConfig };

  /** What the projection of the result is given, without the sizes that it does not depend on. */
  protected abstract resultShape(query: SymbolicShape): SymbolicShape;

  /** What scores are multiplied with. */
  protected abstract readonly scale: number;

  /** How it is computed, for queries of some rank once they are projected. */
  protected abstract equations(rank: number): HeadEquations;

  /** Heads as they meet; a subclass may let some share keys and values. */
  protected match(projected: Projected): Projected {
    return projected;
  }

  override get supportsMasking(): boolean {
    return true;
  }

  override get parts(): Readonly<Record<string, Layer | readonly Layer[]>> {
    const _dropoutLayer = this.#dropoutLayer;
    if (this.#projections === null) return { _dropoutLayer };
    const { queryDense, keyDense, gateDense, valueDense, outputDense } = this.#projections;
    // Underscores as in Keras, whose files hold the names of attributes.
    return {
      queryDense,
      keyDense,
      ...(gateDense && { _gateDense: gateDense }),
      valueDense,
      _dropoutLayer,
      outputDense,
    };
  }

  /** The mask of the query is that of the result; scores have none. */
  override computeMask(_: readonly Tensor[], [mask = null]: readonly (Tensor | null)[]): readonly (Tensor | null)[] {
    return [mask];
  }

  protected override createWeights(shapes: readonly SymbolicShape[], names: readonly string[]): void {
    const { query, value, key } = this.#arguments(shapes, names);
    if (value.slice(1, -1).join() !== key.slice(1, -1).join()) {
      throw this.#unfit('keys and values of one length', `${key.length} and ${value.length} axes, or other sizes`);
    }
    const configs = this.describeProjections(query, key, value);
    const make = (name: string, config: ProjectionConfig, shape: SymbolicShape, more: object = {}): EinsumDense => {
      const biasAxes = this.useBias ? config.biasAxes : null;
      const { dtype, trainable } = this;
      const dense = new EinsumDense({ ...this.#shared, ...config, biasAxes, name, dtype, trainable, ...more });
      dense.build(shape);
      return dense;
    };
    this.#projections = {
      queryDense: make('query', configs.query, query),
      keyDense: make('key', configs.key, key),
      ...(this.useGate && { gateDense: make('gate', configs.gate, query, { activation: 'sigmoid' }) }),
      valueDense: make('value', configs.value, value),
      outputDense: make('attention_output', configs.output, this.resultShape(query)),
    };
  }

  override call(inputs: readonly Tensor[], context: CallContext): readonly Tensor[] {
    const { masks, inputNames, options, training } = context;
    const { query, value, key } = this.#arguments(inputs, inputNames);
    const maskOf = (name: string): Tensor | null => masks[inputNames.indexOf(name)] ?? null;
    const mask = combineMasks(
      {
        query: maskOf('query'),
        value: maskOf('value'),
        key: maskOf('key'),
        given: inputs[inputNames.indexOf('attentionMask')] ?? null,
        causal: options.useCausalMask === true,
        window: this.slidingWindow,
      },
      query.shape[1] as number,
      value.shape[1] as number,
    );
    const { queryDense, keyDense, gateDense, valueDense, outputDense } = this.#projections as Projections;
    const project = (dense: EinsumDense, x: Tensor): Tensor => dense.run([x], { training }).outputs[0] as Tensor;
    const projected = this.match({
      query: project(queryDense, query),
      key: project(keyDense, key),
      value: project(valueDense, value),
    });
    const wantsScores = options.returnAttentionScores === true;
    const { result, scores } = this.#attend(projected, mask, wantsScores, training);
    const gated = gateDense === undefined ? result : mul(result, project(gateDense, query));
    const output = project(outputDense, gated);
    return wantsScores ? [output, scores] : [output];
  }

  #attend(
    { query, key, value }: Projected,
    mask: Tensor | null,
    wantsScores: boolean,
    training: boolean,
  ): { readonly result: Tensor; readonly scores: Tensor } {
    const equations = this.equations(query.rank);
    const products = einsum(equations.scores, mul(query, this.scale), key);
    const spread = mask === null ? null : overHeads(mask, products.rank, 2 * equations.axes + 1);
    // Keras has a function of its own for the usual case. Where nothing may be seen, everything is, for want of better.
    const usual = this.dropout === 0 && !wantsScores && query.rank === 4;
    const axes = Array.from({ length: equations.axes }, (_, i) => products.rank - equations.axes + i);
    const scores = usual
      ? softmax(spread === null ? products : where(spread, products, unseen), -1)
      : maskedSoftmax(products, axes, spread);
    const [kept] = this.#dropoutLayer.run([scores], { training }).outputs as [Tensor];
    return { result: einsum(equations.combine, kept, value), scores };
  }

  /** The key is the value where there is none. */
  #arguments<T>(inputs: readonly T[], names: readonly string[]): { query: T; value: T; key: T } {
    const find = (name: string): T | undefined => inputs[names.indexOf(name)];
    const [query, value] = [find('query'), find('value')];
    if (query === undefined || value === undefined || new Set(names).size !== names.length) {
      throw this.#unfit('a query, a value and at most one key', names.join(', '));
    }
    return { query, value, key: find('key') ?? value };
  }

  #unfit(expected: string, received: string): ShapeError {
    return new ShapeError({
      operation: `${this.className} '${this.name}'`,
      expected,
      received,
      remedy: 'Apply it to [query, value] or [query, value, key]; for self-attention both are the same tensor.',
    });
  }

  override getConfig(): Config {
    const { dropout, useBias, useGate, slidingWindow, seed } = this;
    const shared = this.#shared;
    return {
      ...super.getConfig(),
      ...{ dropout, useBias, useGate, slidingWindow, seed },
      kernelInitializer: describe(shared.kernelInitializer),
      biasInitializer: describe(shared.biasInitializer),
      kernelRegularizer: describe(shared.kernelRegularizer),
      biasRegularizer: describe(shared.biasRegularizer),
      activityRegularizer: describe(shared.activityRegularizer),
      kernelConstraint: describe(shared.kernelConstraint),
      biasConstraint: describe(shared.biasConstraint),
    };
  }
}

/** The options that all projections share. */
function sharedOptions(config: HeadAttentionConfig) {
  return {
    kernelInitializer: getInitializer(config.kernelInitializer ?? 'glorotUniform'),
    biasInitializer: getInitializer(config.biasInitializer ?? 'zeros'),
    kernelRegularizer: getRegularizer(config.kernelRegularizer),
    biasRegularizer: getRegularizer(config.biasRegularizer),
    activityRegularizer: getRegularizer(config.activityRegularizer),
    kernelConstraint: getConstraint(config.kernelConstraint),
    biasConstraint: getConstraint(config.biasConstraint),
  };
}

/** Axes of size 1 for heads and all else that the mask says nothing of. */
function overHeads(mask: Tensor, rank: number, fromEnd: number): Tensor {
  let spread = mask;
  while (spread.rank < rank) spread = expandDims(spread, spread.rank + 1 - fromEnd);
  return spread;
}
