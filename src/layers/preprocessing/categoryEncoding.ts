import { ArgumentError, type Config, checkChoiceOption, type Tensor } from '../../tensor/index.js';
import { Layer, type LayerConfig } from '../layer.js';
import { checkCount } from '../options.js';
import { encodeCategories } from './encodeCategories.js';

/** Options of `CategoryEncoding`. */
export interface CategoryEncodingConfig extends LayerConfig {
  /** Number of categories: the largest index plus 1. */
  readonly numTokens: number;
  /**
   * `'one_hot'`: a vector for each index; `'multi_hot'`: one for each sample, 1 where an index is in it; `'count'`: how
   * often. @defaultValue `'multi_hot'`
   */
  readonly outputMode?: 'one_hot' | 'multi_hot' | 'count' | 'binary';
}

/**
 * Indices of categories as vectors. Call arguments: `inputs`, `countWeights` (what each index counts for, in `'count'`).
 * Shape: `[batch, n] -> [batch, numTokens]`; `'one_hot'`: `[...] -> [..., numTokens]`, a last axis of size 1 being left out.
 */
export class CategoryEncoding extends Layer {
  static override readonly className = 'CategoryEncoding';
  static override readonly callArguments: readonly string[] = ['inputs', 'countWeights'];
  readonly numTokens: number;
  readonly outputMode: 'one_hot' | 'multi_hot' | 'count';

  /** @throws {ArgumentError} */
  constructor(config: CategoryEncodingConfig) {
    super(config);
    this.numTokens = checkCount(this.className, 'numTokens', config.numTokens);
    const { outputMode = 'multi_hot' } = config;
    const known = ['one_hot', 'multi_hot', 'count', 'binary'] as const;
    const mode = checkChoiceOption(this.className, 'outputMode', outputMode, known);
    // Keras's former name.
    this.outputMode = mode === 'binary' ? 'multi_hot' : mode;
  }

  override call([x, weights = null]: readonly (Tensor | null)[]): Tensor {
    if (weights !== null && this.outputMode !== 'count') {
      throw new ArgumentError({
        operation: `${this.className} '${this.name}'`,
        expected: "weights only with outputMode 'count'",
        received: `'${this.outputMode}'`,
        remedy: 'Leave countWeights out.',
      });
    }
    return encodeCategories(x as Tensor, { mode: this.outputMode, depth: this.numTokens, dtype: this.dtype, weights });
  }

  override getConfig(): Config {
    return { ...super.getConfig(), numTokens: this.numTokens, outputMode: this.outputMode };
  }
}
