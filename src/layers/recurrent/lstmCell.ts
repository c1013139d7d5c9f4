import { add, type Config, checkBooleanOption, concat, mul, type Tensor } from '../../tensor/index.js';
import { type ActivationFunction, type ActivationLike, getActivation } from '../activations.js';
import { ones } from '../initializers/constants.js';
import { defineInitializer, type Initializer } from '../initializers/initializer.js';
import { KernelCell, type KernelCellConfig, type PassDropout } from './kernelCell.js';
import type { CellPass, CellStep } from './rnnCell.js';
import { splitLast } from './split.js';

/** Options of `LSTMCell`. */
export interface LSTMCellConfig extends KernelCellConfig {
  /** Activation of the gates. @defaultValue `'sigmoid'` */
  readonly recurrentActivation?: ActivationLike | null;
  /** Begin with the forget gate open: its bias is 1 (Jozefowicz et al., 2015). @defaultValue `true` */
  readonly unitForgetBias?: boolean;
}

/**
 * One step of `LSTM` (Hochreiter and Schmidhuber, 1997), with states `h` and `c`:
 * `i, f, g, o = x · kernel + bias + h · recurrent_kernel`,
 * `c' = recurrentActivation(f) c + recurrentActivation(i) activation(g)`,
 * `h' = recurrentActivation(o) activation(c')`, which is the output.
 *
 * Shape: `[batch, features], [batch, units], [batch, units] -> [batch, units]` three times.
 */
export class LSTMCell extends KernelCell {
  static override readonly className: string = 'LSTMCell';
  readonly recurrentActivation: ActivationFunction;
  readonly unitForgetBias: boolean;

  /** @throws {ArgumentError} */
  constructor(config: LSTMCellConfig) {
    super(config);
    const { recurrentActivation = 'sigmoid', unitForgetBias = true } = config;
    this.recurrentActivation = getActivation(recurrentActivation);
    this.unitForgetBias = checkBooleanOption(this.className, 'unitForgetBias', unitForgetBias);
  }

  protected override get gates(): number {
    return 4;
  }

  override get stateSize(): readonly number[] {
    return [this.units, this.units];
  }

  protected override get biasStart(): Initializer {
    return this.unitForgetBias ? openForgetGate(this.biasInitializer, this.units) : this.biasInitializer;
  }

  protected override startWith(dropout: PassDropout): CellPass {
    const recurrentKernel = this.weight('recurrent_kernel').value;
    return {
      project: (inputs) => {
        const x = this.product(dropout.inputs.applyToAll(inputs), this.weight('kernel').value, this.projectInputs);
        return this.useBias ? add(x, this.weight('bias').value) : x;
      },
      step: (x, [h, c]) => {
        const z = add(x, this.product(dropout.states.apply(h as Tensor), recurrentKernel, this.projectState));
        return this.#gate(z, c as Tensor);
      },
    };
  }

  /** What follows from the sum of both products. */
  #gate(z: Tensor, c: Tensor): CellStep {
    const [input, forget, candidate, output] = splitLast(z, 4) as readonly [Tensor, Tensor, Tensor, Tensor];
    const open = this.recurrentActivation.apply;
    const carry = add(mul(open(forget), c), mul(open(input), this.activation.apply(candidate)));
    const h = mul(open(output), this.activation.apply(carry));
    return { output: h, states: [h, carry] };
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      recurrentActivation: this.recurrentActivation.name,
      unitForgetBias: this.unitForgetBias,
    };
  }
}

/** Biases of which those of the second gate are 1. */
function openForgetGate(others: Initializer, units: number): Initializer {
  return defineInitializer('UnitForgetBias', {}, (_, dtype) =>
    concat([others([units], dtype), ones()([units], dtype), others([2 * units], dtype)]),
  );
}
