import {
  ArgumentError,
  type ClassDescription,
  type Config,
  checkBooleanOption,
  reshape,
  ShapeError,
  slice,
  stack,
  type Tensor,
  transpose,
  Variable,
  where,
  zeros,
} from '../../tensor/index.js';
import { knownSize } from '../knownSize.js';
import {
  type Call,
  type CallContext,
  Layer,
  type LayerConfig,
  type SymbolicShape,
  type SymbolicSpec,
} from '../layer.js';
import { describeLayer } from '../nestedLayer.js';
import { inferFromOneStep } from './inferFromOneStep.js';
import type { CellStep, RNNCell } from './rnnCell.js';
import { getCell } from './stackedRnnCells.js';

/** Options of everything that runs a cell over sequences. */
export interface RecurrentConfig extends LayerConfig {
  /** Give the output of every step instead of the last one. @defaultValue `false` */
  readonly returnSequences?: boolean;
  /** Give the states after the last step too. @defaultValue `false` */
  readonly returnState?: boolean;
  /** Begin with the last step; outputs are in the order in which they were computed. @defaultValue `false` */
  readonly goBackwards?: boolean;
  /** Begin with the states that the batch before left, sample by sample. The batch size must be fixed. @defaultValue `false` */
  readonly stateful?: boolean;
  /** Kept for files: steps are always unrolled. @defaultValue `false` */
  readonly unroll?: boolean;
  /** Give 0 for steps that do not count, instead of the output of the step before. @defaultValue `false` */
  readonly zeroOutputForMask?: boolean;
  /** Files of Keras 2 have it; only `false` is supported. @defaultValue `false` */
  readonly timeMajor?: boolean;
}

/** Options of `RNN`. */
export interface RNNConfig extends RecurrentConfig {
  /** A cell, or several that are stacked. */
  readonly cell: RNNCell | ClassDescription | readonly (RNNCell | ClassDescription)[];
}

/**
 * Runs a cell over sequences. Steps that the mask leaves out change nothing: the output and the states are those of the
 * step before.
 *
 * Call arguments: `sequences`, `initialState` (one for each state; zeros without it), `mask` `[batch, steps]`.
 * Shape: `[batch, steps, ...] -> [batch, units]`, or `[batch, steps, units]` with `returnSequences`; with `returnState`
 * the states follow.
 */
export class RNN extends Layer {
  static override readonly className: string = 'RNN';
  static override readonly callArguments: readonly string[] = ['sequences', 'initialState', 'mask'];
  readonly cell: RNNCell;
  readonly returnSequences: boolean;
  readonly returnState: boolean;
  readonly goBackwards: boolean;
  readonly stateful: boolean;
  readonly unroll: boolean;
  zeroOutputForMask: boolean;
  #memory: readonly Variable[] = [];

  /** @throws {ArgumentError} */
  constructor(config: RNNConfig) {
    super(config);
    const flag = (name: keyof RecurrentConfig): boolean =>
      checkBooleanOption(this.className, name, config[name] ?? false);
    this.cell = getCell(this.className, 'cell', config.cell);
    this.returnSequences = flag('returnSequences');
    this.returnState = flag('returnState');
    this.goBackwards = flag('goBackwards');
    this.stateful = flag('stateful');
    this.unroll = flag('unroll');
    this.zeroOutputForMask = flag('zeroOutputForMask');
    if (flag('timeMajor')) {
      throw new ArgumentError({
        operation: this.className,
        expected: 'timeMajor to be false',
        received: 'true',
        remedy: 'Permute the axes of steps and samples before and after the layer.',
      });
    }
    if (config.trainable === false) this.trainable = false;
  }

  override get parts(): Readonly<Record<string, Layer | readonly Layer[]>> {
    return { cell: this.cell };
  }

  override get supportsMasking(): boolean {
    return true;
  }

  /** States are not masked. */
  override computeMask(_: readonly Tensor[], [mask = null]: readonly (Tensor | null)[]): readonly (Tensor | null)[] {
    return [this.returnSequences ? mask : null];
  }

  /** What a stateful layer remembers. */
  override get states(): readonly Variable[] {
    return this.#memory;
  }

  override isPure(training: boolean): boolean {
    return !this.stateful && super.isPure(training);
  }

  protected override createWeights([sequences, ...states]: readonly SymbolicShape[]): void {
    const [batch = null, , ...features] = sequences as SymbolicShape;
    this.#checkRank(sequences as SymbolicShape);
    const step = [batch, ...features];
    this.cell.build(step, ...(states.length > 0 ? states : this.cell.stateShapes(step)));
    if (this.stateful) this.#remember(sequences as SymbolicShape);
  }

  #checkRank(shape: SymbolicShape): void {
    if (shape.length >= 3) return;
    throw new ShapeError({
      operation: `${this.className} '${this.name}'`,
      expected: 'sequences [batch, steps, features]',
      received: `rank ${shape.length}`,
      remedy: 'Reshape the input so that its second axis is time.',
    });
  }

  #remember(sequences: SymbolicShape): void {
    const batch = knownSize(`${this.className} '${this.name}' with stateful: true`, sequences, 0);
    const like = zeros([batch, 1, ...sequences.slice(2).map((size) => size ?? 1)], this.dtype);
    this.#memory = this.cell.initialStates(like).map((state, i) => {
      const variable = new Variable(state, { name: `rnn_state_${i}`, trainable: false });
      variable.path = `${this.name}/${variable.name}`;
      return variable;
    });
  }

  /** Lets a stateful layer forget. */
  resetState(): void {
    for (const variable of this.#memory) variable.assign(zeros(variable.shape, this.dtype));
  }

  override call([x, ...given]: readonly Tensor[], { training, masks }: CallContext): readonly Tensor[] {
    const sequences = x as Tensor;
    this.#checkRank(sequences.shape);
    const { outputs, states } = this.#runSteps(sequences, this.#begin(sequences, given), masks[0] ?? null, training);
    if (this.stateful) for (const [i, state] of states.entries()) this.#memory[i]?.assign(state);
    const output = this.returnSequences ? stack(outputs, 1) : (outputs.at(-1) as Tensor);
    return this.returnState ? [output, ...states] : [output];
  }

  #begin(sequences: Tensor, given: readonly Tensor[]): readonly Tensor[] {
    const { length } = this.cell.stateSize;
    if (given.length !== 0 && given.length !== length) {
      throw new ArgumentError({
        operation: `${this.className} '${this.name}'`,
        expected: `${length} initial states`,
        received: `${given.length}`,
        remedy: 'Give one tensor for each state of the cell, or none.',
      });
    }
    if (given.length > 0) return given;
    return this.stateful ? this.#memory.map(({ value }) => value) : this.cell.initialStates(sequences);
  }

  #runSteps(
    sequences: Tensor,
    initial: readonly Tensor[],
    mask: Tensor | null,
    training: boolean,
  ): { readonly outputs: readonly Tensor[]; readonly states: readonly Tensor[] } {
    const pass = this.cell.start(training);
    const inputs = stepsOf(pass.project(sequences), this.goBackwards);
    const counts = mask === null ? null : stepsOf(mask, this.goBackwards);
    const outputs: Tensor[] = [];
    let states = initial;
    for (const [i, input] of inputs.entries()) {
      let step: CellStep = pass.step(input, states);
      const count = counts?.[i];
      if (count !== undefined) {
        const before = this.zeroOutputForMask ? undefined : outputs.at(-1);
        step = {
          output: choose(count, step.output, before),
          states: step.states.map((state, k) => choose(count, state, states[k])),
        };
      }
      outputs.push(step.output);
      states = step.states;
    }
    return { outputs, states };
  }

  /** One step says it all: a probe of an unknown number of steps would run that many. */
  override inferOutputs(inputs: readonly SymbolicSpec[], call: Call = {}): readonly SymbolicSpec[] {
    const infer = (specs: readonly SymbolicSpec[]): readonly SymbolicSpec[] => super.inferOutputs(specs, call);
    return inferFromOneStep(inputs, call, this.returnSequences ? 1 : 0, infer);
  }

  /** The options of the cell, or the cell. */
  protected describeCell(): Config {
    return { cell: describeLayer(this.cell) };
  }

  override getConfig(): Config {
    const { returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask } = this;
    return {
      ...super.getConfig(),
      ...{ returnSequences, returnState, goBackwards, stateful, unroll, zeroOutputForMask },
      ...this.describeCell(),
    };
  }
}

/** Each step on its own, in the order in which they are run. Shape: `[batch, steps, ...] -> [batch, ...]`. */
function stepsOf(x: Tensor, backwards: boolean): readonly Tensor[] {
  // Steps first, so that each lies in one piece.
  const byStep = transpose(x, [1, 0, ...x.shape.slice(2).map((_, i) => i + 2)]);
  const [steps, ...rest] = byStep.shape as [number, ...number[]];
  const each = Array.from({ length: steps }, (_, i) => reshape(slice(byStep, [i], [1]), rest));
  return backwards ? each.reverse() : each;
}

/** `fresh` for samples whose step counts, `before` for the others; 0 without it. */
function choose(counts: Tensor, fresh: Tensor, before: Tensor | undefined): Tensor {
  const condition = reshape(counts, [counts.shape[0] as number, ...fresh.shape.slice(1).map(() => 1)]);
  return where(condition, fresh, before ?? 0);
}
