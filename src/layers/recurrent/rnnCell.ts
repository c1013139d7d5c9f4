import { expandDims, type FloatDType, type Shape, squeeze, type Tensor, zeros } from '../../tensor/index.js';
import { type CallContext, Layer, type SymbolicShape } from '../layer.js';

/** What one step gives. */
export interface CellStep {
  readonly output: Tensor;
  readonly states: readonly Tensor[];
}

/** A cell on its way through a sequence. What it draws at random stays the same for all steps. */
export interface CellPass {
  /**
   * What steps need of the inputs, for many steps at once; one product for all steps costs less than one for each.
   * Shape: `[batch, steps, ...] -> [batch, steps, ...]`.
   */
  project(inputs: Tensor): Tensor;
  /** One step. @param projected what `project` gave, for this step only */
  step(projected: Tensor, states: readonly Tensor[]): CellStep;
}

/**
 * One step of a recurrent network, to be run over sequences by `RNN`. A cell is a layer from `[input, ...states]` to
 * `[output, ...states]`.
 *
 * A cell of your own gives `stateSize` and computes in `call`. It gains speed by a `start` that projects all inputs at once.
 */
export abstract class RNNCell extends Layer {
  static override readonly callArguments: readonly string[] = ['inputs', 'states'];

  /** Number of features of each state. */
  abstract get stateSize(): readonly number[];

  /** Number of features of the output. */
  get outputSize(): number {
    return this.stateSize[0] as number;
  }

  abstract override call(inputs: readonly Tensor[], context: CallContext): readonly Tensor[];

  /** Shapes of the states for inputs of a shape, one step at a time. Shape: `[batch, ...] -> [batch, ...]` for each. */
  stateShapes(input: SymbolicShape): readonly SymbolicShape[] {
    const [batch = null] = input;
    return this.stateSize.map((size) => [batch, size]);
  }

  /** The states before the first step of sequences `[batch, steps, ...]`: zeros. */
  initialStates(sequences: Tensor): readonly Tensor[] {
    const [batch, , ...features] = sequences.shape as [number, number, ...number[]];
    return this.stateShapes([batch, ...features]).map((shape) => zeros(shape as Shape, sequences.dtype as FloatDType));
  }

  /** Begins a pass over a sequence. */
  start(training: boolean): CellPass {
    return {
      project: (inputs) => inputs,
      step: (input, states) => {
        const [output, ...next] = this.run([input, ...states], { training }).outputs as [Tensor, ...Tensor[]];
        return { output, states: next };
      },
    };
  }
}

/** A single step of a pass: what `call` is for cells that have a `start` of their own. */
export function singleStep(pass: CellPass, [x, ...states]: readonly Tensor[]): readonly Tensor[] {
  const projected = squeeze(pass.project(expandDims(x as Tensor, 1)), 1);
  const { output, states: next } = pass.step(projected, states);
  return [output, ...next];
}
