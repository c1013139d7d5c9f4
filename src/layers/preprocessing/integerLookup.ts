import {
  add,
  argMax,
  type Config,
  cast,
  checkBooleanOption,
  checkChoiceOption,
  checkNumberOption,
  div,
  equal,
  expandDims,
  gather,
  greaterEqual,
  invalidOption,
  less,
  logicalAnd,
  maximum,
  minimum,
  mul,
  sub,
  type Tensor,
  tensor,
  Variable,
  where,
} from '../../tensor/index.js';
import { anyAlong } from '../anyAlong.js';
import { type InputSpec, Layer, type LayerConfig } from '../layer.js';
import { checkCount, checkInteger, checkIntegers } from '../options.js';
import { encodeCategories } from './encodeCategories.js';

/** Options of `IntegerLookup`. */
export interface IntegerLookupConfig extends LayerConfig {
  /** The integers that are known, in the order of their indices. */
  readonly vocabulary: readonly number[];
  /** Largest size of the vocabulary, with the places for what is not in it. @defaultValue `null`: any */
  readonly maxTokens?: number | null;
  /** Number of indices for integers that are not known. @defaultValue `1` */
  readonly numOovIndices?: number;
  /** An integer that stands for nothing: it has index 0. @defaultValue `null`: none */
  readonly maskToken?: number | null;
  /** What an index stands for that belongs to no integer. @defaultValue `-1` */
  readonly oovToken?: number | null;
  /** From indices back to integers. @defaultValue `false` */
  readonly invert?: boolean;
  /** `'int'`: the indices; the others as in `CategoryEncoding`, `'tf_idf'` being counts times `idfWeights`. @defaultValue `'int'` */
  readonly outputMode?: LookupMode | 'binary' | 'tf-idf';
  /** Make vectors of `maxTokens` elements. @defaultValue `false` */
  readonly padToMaxTokens?: boolean;
  /** How much each integer of the vocabulary says. @defaultValue `null` */
  readonly idfWeights?: readonly number[] | null;
}

const modes = ['int', 'one_hot', 'multi_hot', 'count', 'tf_idf'] as const;
type LookupMode = (typeof modes)[number];

/**
 * Integers as indices of a vocabulary. An integer that is not in it has one of the `numOovIndices` indices in front; if
 * there are none, -1.
 * Shape: unchanged for `'int'`; otherwise see `CategoryEncoding`.
 */
export class IntegerLookup extends Layer {
  static override readonly className = 'IntegerLookup';
  readonly outputMode: LookupMode;
  readonly invert: boolean;
  readonly numOovIndices: number;
  readonly maskToken: number | null;
  readonly oovToken: number;
  readonly maxTokens: number | null;
  readonly padToMaxTokens: boolean;
  /** The integers, without what stands for none of them. */
  readonly tokens: readonly number[];
  readonly #vocabulary: readonly number[];
  readonly #idfWeights: readonly number[] | null;
  /** One for each index. */
  readonly #weights: Variable | null;

  /** @throws {ArgumentError} unless there is a vocabulary of different integers. */
  constructor(config: IntegerLookupConfig) {
    super(config);
    const { maskToken = null, maxTokens = null, idfWeights = null, outputMode = 'int' } = config;
    const former = { binary: 'multi_hot', 'tf-idf': 'tf_idf' } as const;
    const mode = outputMode === 'binary' || outputMode === 'tf-idf' ? former[outputMode] : outputMode;
    this.outputMode = checkChoiceOption(this.className, 'outputMode', mode, modes);
    this.invert = checkBooleanOption(this.className, 'invert', config.invert ?? false);
    this.numOovIndices = checkNumberOption(this.className, 'numOovIndices', config.numOovIndices ?? 1, {
      min: 0,
      integer: true,
    });
    this.maskToken = maskToken === null ? null : checkInteger(this.className, 'maskToken', maskToken);
    this.oovToken = checkInteger(this.className, 'oovToken', config.oovToken ?? -1);
    this.maxTokens = maxTokens === null ? null : checkCount(this.className, 'maxTokens', maxTokens);
    this.padToMaxTokens = checkBooleanOption(this.className, 'padToMaxTokens', config.padToMaxTokens ?? false);
    if (!Array.isArray(config.vocabulary) || config.vocabulary.length === 0) {
      throw invalidOption(
        this.className,
        'vocabulary',
        'a list of integers',
        config.vocabulary,
        'Give the layer the integers that it is to know.',
      );
    }
    this.#vocabulary = checkIntegers(this.className, 'vocabulary', config.vocabulary);
    this.tokens = withoutSpecial(this.#vocabulary, this.#special);
    if (new Set(this.tokens).size !== this.tokens.length) {
      throw invalidOption(this.className, 'vocabulary', 'different integers', config.vocabulary);
    }
    this.#idfWeights = idfWeights?.map((value) => checkNumberOption(this.className, 'idfWeights', value)) ?? null;
    if ((this.outputMode === 'tf_idf') !== (this.#idfWeights?.length === this.#vocabulary.length)) {
      throw invalidOption(
        this.className,
        'idfWeights',
        "one for each of the vocabulary, with 'tf_idf' only",
        idfWeights,
      );
    }
    this.#weights = this.#idfWeights === null ? null : this.#weightsOf(this.#idfWeights);
  }

  /** What stands in front of the integers. */
  get #special(): readonly number[] {
    const mask = this.maskToken !== null && this.outputMode === 'int' ? [this.maskToken] : [];
    return [...mask, ...Array.from({ length: this.numOovIndices }, () => this.oovToken)];
  }

  /** Length of the vectors. */
  get #depth(): number {
    const size = this.#special.length + this.tokens.length;
    return this.padToMaxTokens ? (this.maxTokens ?? size) : size;
  }

  override get states(): readonly Variable[] {
    return Object.values(this.stored);
  }

  override get stored(): Readonly<Record<string, Variable>> {
    return this.#weights === null ? {} : { idf_weights: this.#weights };
  }

  override get inputSpec(): readonly InputSpec[] {
    return [{}];
  }

  override call([input]: readonly [Tensor]): Tensor {
    const x = cast(input, 'int32');
    if (this.invert) return this.#lookUp(x);
    const indices = this.#indicesOf(x);
    if (this.outputMode === 'int') return indices;
    const [mode, depth, dtype] = [this.outputMode === 'tf_idf' ? 'count' : this.outputMode, this.#depth, this.dtype];
    const vectors = encodeCategories(indices, { mode, depth, dtype });
    return this.#weights === null ? vectors : mul(vectors, this.#weights.value);
  }

  #indicesOf(x: Tensor): Tensor {
    const first = this.#special.length;
    const matches = equal(expandDims(x, x.rank), integers(this.tokens));
    const place = argMax(cast(matches, 'float32'), -1);
    const known = anyAlong(matches, -1);
    const oovStart = first - this.numOovIndices;
    const unknown =
      this.numOovIndices === 0
        ? integer(-1)
        : this.numOovIndices === 1
          ? integer(oovStart)
          : add(remainder(x, this.numOovIndices), oovStart);
    const indices = where(known, add(place, first), unknown);
    if (this.maskToken === null) return indices;
    // Where indices become vectors, nothing has no 1 anywhere.
    return where(equal(x, this.maskToken), integer(this.outputMode === 'int' ? 0 : -1), indices);
  }

  #lookUp(x: Tensor): Tensor {
    const all = [...this.#special, ...this.tokens];
    const inside = logicalAnd(greaterEqual(x, 0), less(x, all.length));
    const found = gather(integers(all), minimum(maximum(x, 0), all.length - 1));
    return where(inside, found, integer(this.oovToken));
  }

  /** What is not in the vocabulary says as much as the average. */
  #weightsOf(given: readonly number[]): Variable {
    const mean = given.reduce((total, value) => total + value, 0) / given.length;
    const missing = this.#special.length + this.tokens.length - given.length;
    const all = [...Array.from({ length: missing }, () => mean), ...given];
    const padded = [...all, ...Array.from({ length: this.#depth - all.length }, () => 0)];
    const value = tensor(padded, { shape: [padded.length], dtype: this.dtype });
    return new Variable(value, { name: 'idf_weights', trainable: false });
  }

  override getConfig(): Config {
    const { invert, maxTokens, numOovIndices, oovToken, maskToken, outputMode, padToMaxTokens } = this;
    return {
      ...super.getConfig(),
      ...{ invert, maxTokens, numOovIndices, oovToken, maskToken, outputMode, padToMaxTokens },
      vocabulary: this.#vocabulary,
      idfWeights: this.#idfWeights,
    };
  }
}

function integers(values: readonly number[]): Tensor {
  return tensor(Int32Array.from(values), { shape: [values.length] });
}

function integer(value: number): Tensor {
  return tensor(Int32Array.of(value), { shape: [] });
}

/** A vocabulary may name what stands in front of it. */
function withoutSpecial(vocabulary: readonly number[], special: readonly number[]): readonly number[] {
  return special.every((value, i) => vocabulary[i] === value) ? vocabulary.slice(special.length) : vocabulary;
}

/** `x mod count`, not negative. */
function remainder(x: Tensor, count: number): Tensor {
  const reduce = (value: Tensor): Tensor => sub(value, mul(cast(div(cast(value, 'float32'), count), 'int32'), count));
  // The quotient of a large number is rounded: what the first step leaves is small enough for the second to be exact.
  const rest = reduce(reduce(x));
  return where(less(rest, 0), add(rest, count), rest);
}
