import {
  type Config,
  checkBooleanOption,
  checkNumberOption,
  concat,
  matmul,
  type Shape,
  type Tensor,
  type Variable,
} from '../../tensor/index.js';
import { type ActivationFunction, type ActivationLike, getActivation } from '../activations.js';
import { type Constraint, type ConstraintLike, getConstraint } from '../constraints.js';
import { describe } from '../describe.js';
import { getInitializer, type Initializer, type InitializerLike } from '../initializers/index.js';
import { knownSize } from '../knownSize.js';
import type { InputSpec, LayerConfig, SymbolicShape } from '../layer.js';
import { checkCount, checkSeed } from '../options.js';
import { getRegularizer, type Regularizer, type RegularizerLike } from '../regularizers.js';
import { SeedGenerator } from '../seedGenerator.js';
import { type CellPass, RNNCell, singleStep } from './rnnCell.js';
import { SequenceDropout } from './sequenceDropout.js';
import { splitLast } from './split.js';

/** Options of cells that multiply input and state with a kernel each. */
export interface KernelCellConfig extends LayerConfig {
  /** Number of outputs, at least 1. */
  readonly units: number;
  /** @defaultValue `'tanh'` */
  readonly activation?: ActivationLike | null;
  /** @defaultValue `true` */
  readonly useBias?: boolean;
  /** @defaultValue `'glorotUniform'` */
  readonly kernelInitializer?: InitializerLike;
  /** @defaultValue `'orthogonal'` */
  readonly recurrentInitializer?: InitializerLike;
  /** @defaultValue `'zeros'` */
  readonly biasInitializer?: InitializerLike;
  /** @defaultValue `null` */
  readonly kernelRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly recurrentRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly biasRegularizer?: RegularizerLike | null;
  /** @defaultValue `null` */
  readonly kernelConstraint?: ConstraintLike | null;
  /** @defaultValue `null` */
  readonly recurrentConstraint?: ConstraintLike | null;
  /** @defaultValue `null` */
  readonly biasConstraint?: ConstraintLike | null;
  /** Fraction of the input's features to drop in training, the same at all steps. @defaultValue `0` */
  readonly dropout?: number;
  /** Fraction of the state's features to drop in training, the same at all steps. @defaultValue `0` */
  readonly recurrentDropout?: number;
  /** An integer fixes what dropout draws. @defaultValue `null`: a stream of the program's seed */
  readonly seed?: number | null;
}

/** Which numbers are dropped in one pass. */
export interface PassDropout {
  readonly inputs: SequenceDropout;
  readonly states: SequenceDropout;
}

/**
 * What the cells of Keras have in common: weights `kernel` `[features, gates * units]`, `recurrent_kernel`
 * `[units, gates * units]` and `bias`, the gates side by side.
 */
export abstract class KernelCell extends RNNCell {
  readonly units: number;
  readonly activation: ActivationFunction;
  readonly useBias: boolean;
  readonly dropout: number;
  readonly recurrentDropout: number;
  readonly seed: number | null;
  readonly biasInitializer: Initializer;
  readonly #kernels: { readonly [K in 'kernel' | 'recurrent']: KernelOptions };
  readonly #biasRegularizer: Regularizer | null;
  readonly #biasConstraint: Constraint | null;
  readonly #generator: SeedGenerator;

  /** @throws {ArgumentError} */
  constructor(config: KernelCellConfig) {
    super(config);
    this.units = checkCount(this.className, 'units', config.units);
    this.activation = getActivation(config.activation === undefined ? 'tanh' : config.activation);
    this.useBias = checkBooleanOption(this.className, 'useBias', config.useBias ?? true);
    this.#kernels = {
      kernel: {
        initializer: getInitializer(config.kernelInitializer ?? 'glorotUniform'),
        regularizer: getRegularizer(config.kernelRegularizer),
        constraint: getConstraint(config.kernelConstraint),
      },
      recurrent: {
        initializer: getInitializer(config.recurrentInitializer ?? 'orthogonal'),
        regularizer: getRegularizer(config.recurrentRegularizer),
        constraint: getConstraint(config.recurrentConstraint),
      },
    };
    this.biasInitializer = getInitializer(config.biasInitializer ?? 'zeros');
    this.#biasRegularizer = getRegularizer(config.biasRegularizer);
    this.#biasConstraint = getConstraint(config.biasConstraint);
    const fraction = { min: 0, max: 1 };
    this.dropout = checkNumberOption(this.className, 'dropout', config.dropout ?? 0, fraction);
    this.recurrentDropout = checkNumberOption(
      this.className,
      'recurrentDropout',
      config.recurrentDropout ?? 0,
      fraction,
    );
    this.seed = checkSeed(this.className, config.seed);
    this.#generator = new SeedGenerator(this.seed);
    this.#generator.state.path = `${this.name}/seed_generator/seed_generator_state`;
  }

  /** Number of kernels side by side. */
  protected abstract readonly gates: number;

  /** Axes of the kernels in front of features and columns, for those that are more than matrices. */
  protected get window(): Shape {
    return [];
  }

  /** Number of masks when something is dropped. As in Keras, each gate has its own if states are dropped too. */
  protected get maskCount(): number {
    return this.recurrentDropout > 0 ? this.gates : 1;
  }

  /** Shape of the bias. */
  protected get biasShape(): Shape {
    return [this.gates * this.units];
  }

  /** What the bias starts with. */
  protected get biasStart(): Initializer {
    return this.biasInitializer;
  }

  /** Whether a rate drops anything. */
  protected drops(rate: number): boolean {
    return rate > 0 && rate < 1;
  }

  /** Begins a pass in which these numbers are dropped. */
  protected abstract startWith(dropout: PassDropout): CellPass;

  override get stateSize(): readonly number[] {
    return [this.units];
  }

  override get inputSpec(): readonly InputSpec[] {
    const rank = 2 + this.window.length;
    const axes = this.built ? { [-1]: this.weight('kernel').shape.at(-2) as number } : {};
    return [{ rank, axes }, ...this.stateSize.map((size) => ({ rank, axes: { [-1]: size } }))];
  }

  /** The state of the random generator, of a cell that needs one. */
  override get states(): readonly Variable[] {
    return this.drops(this.dropout) || this.drops(this.recurrentDropout) ? [this.#generator.state] : [];
  }

  protected override createWeights([shape]: readonly [SymbolicShape]): void {
    const columns = this.gates * this.units;
    const features = knownSize(this.className, shape, -1);
    this.addWeight('kernel', { shape: [...this.window, features, columns], ...this.#kernels.kernel });
    this.addWeight('recurrent_kernel', { shape: [...this.window, this.units, columns], ...this.#kernels.recurrent });
    if (!this.useBias) return;
    this.addWeight('bias', {
      shape: this.biasShape,
      initializer: this.biasStart,
      regularizer: this.#biasRegularizer,
      constraint: this.#biasConstraint,
    });
  }

  override start(training: boolean): CellPass {
    const dropping = (rate: number): SequenceDropout =>
      new SequenceDropout(training && this.drops(rate) ? rate : null, this.maskCount, this.#generator);
    return this.startWith({ inputs: dropping(this.dropout), states: dropping(this.recurrentDropout) });
  }

  override call(inputs: readonly Tensor[], { training }: { readonly training: boolean }): readonly Tensor[] {
    return singleStep(this.start(training), inputs);
  }

  /** All inputs with a kernel. Shape: `[batch, steps, features] -> [batch, steps, columns]`. */
  protected readonly projectInputs: Project = (inputs, kernel) => matmul(inputs, kernel);

  /** A state with a kernel. Shape: `[batch, units] -> [batch, columns]`. */
  protected readonly projectState: Project = (state, kernel) => matmul(state, kernel);

  /** The product with all gates of a kernel: `inputs` is one tensor for all of them, or one for each. */
  protected product(inputs: readonly Tensor[], kernel: Tensor, project: Project): Tensor {
    const [x] = inputs as readonly [Tensor];
    if (inputs.length === 1) return project(x, kernel);
    const parts = splitLast(kernel, inputs.length);
    return concat(
      inputs.map((input, gate) => project(input, parts[gate] as Tensor)),
      -1,
    );
  }

  override getConfig(): Config {
    const { kernel, recurrent } = this.#kernels;
    return {
      ...super.getConfig(),
      units: this.units,
      activation: this.activation.name,
      useBias: this.useBias,
      kernelInitializer: describe(kernel.initializer),
      recurrentInitializer: describe(recurrent.initializer),
      biasInitializer: describe(this.biasInitializer),
      kernelRegularizer: describe(kernel.regularizer),
      recurrentRegularizer: describe(recurrent.regularizer),
      biasRegularizer: describe(this.#biasRegularizer),
      kernelConstraint: describe(kernel.constraint),
      recurrentConstraint: describe(recurrent.constraint),
      biasConstraint: describe(this.#biasConstraint),
      dropout: this.dropout,
      recurrentDropout: this.recurrentDropout,
      seed: this.seed,
    };
  }
}

/** A tensor with a kernel. */
type Project = (x: Tensor, kernel: Tensor) => Tensor;

/** How one of the kernels is made and kept. */
interface KernelOptions {
  readonly initializer: Initializer;
  readonly regularizer: Regularizer | null;
  readonly constraint: Constraint | null;
}
