import { add, type Tensor } from '../../tensor/index.js';
import { KernelCell, type KernelCellConfig, type PassDropout } from './kernelCell.js';
import type { CellPass } from './rnnCell.js';

/** Options of `SimpleRNNCell`. */
export interface SimpleRNNCellConfig extends KernelCellConfig {}

/**
 * One step of `SimpleRNN`: `activation(x · kernel + bias + h · recurrent_kernel)`, which is the output and the next state.
 * Shape: `[batch, features], [batch, units] -> [batch, units], [batch, units]`.
 */
export class SimpleRNNCell extends KernelCell {
  static override readonly className = 'SimpleRNNCell';

  protected override get gates(): number {
    return 1;
  }

  protected override drops(rate: number): boolean {
    return rate > 0;
  }

  protected override startWith(dropout: PassDropout): CellPass {
    const recurrentKernel = this.weight('recurrent_kernel').value;
    return {
      project: (inputs) => {
        const x = this.product(dropout.inputs.applyToAll(inputs), this.weight('kernel').value, this.projectInputs);
        return this.useBias ? add(x, this.weight('bias').value) : x;
      },
      step: (x, [state]) => {
        const h = this.product(dropout.states.apply(state as Tensor), recurrentKernel, this.projectState);
        const output = this.activation.apply(add(x, h));
        return { output, states: [output] };
      },
    };
  }
}
