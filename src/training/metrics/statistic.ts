import { allocate, type Config, sizeOf, type Tensor, Variable, wrap } from '../../tensor/index.js';

/** Something counted over many batches: state, and a number made of it. */
export abstract class Statistic {
  /** Keras's name of the class, as files have it. */
  abstract readonly className: string;
  readonly #variables: Variable[] = [];

  constructor(readonly name: string) {}

  /** The state: counts and sums since the last reset. */
  get variables(): readonly Variable[] {
    return this.#variables;
  }

  /** What has been counted makes this. Shape: `[]`, unless the statistic says otherwise. */
  abstract result(): Tensor;

  /** Starts again from nothing. */
  reset(): void {
    for (const variable of this.variables) variable.assign(allocate(variable.dtype, sizeOf(variable.shape)));
  }

  /** The options, complete, so that an equal statistic can be made of them. */
  getConfig(): Config {
    return { name: this.name, dtype: 'float32' };
  }

  /** A variable that starts with zeros. */
  protected addVariable(name: string, shape: readonly number[] = [], dtype: 'float32' | 'int32' = 'float32'): Variable {
    const start = wrap(allocate(dtype, sizeOf(shape)), shape, dtype);
    const variable = new Variable(start, { name, trainable: false });
    variable.path = `${this.name}/${name}`;
    this.#variables.push(variable);
    return variable;
  }
}
