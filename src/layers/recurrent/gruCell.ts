import {
  add,
  type Config,
  checkBooleanOption,
  matmul,
  mul,
  reshape,
  slice,
  sub,
  type Tensor,
} from '../../tensor/index.js';
import { type ActivationFunction, type ActivationLike, getActivation } from '../activations.js';
import { KernelCell, type KernelCellConfig, type PassDropout } from './kernelCell.js';
import type { CellPass } from './rnnCell.js';
import { splitLast } from './split.js';

/** Options of `GRUCell`. */
export interface GRUCellConfig extends KernelCellConfig {
  /** Activation of the gates. @defaultValue `'sigmoid'` */
  readonly recurrentActivation?: ActivationLike | null;
  /** Reset the state after multiplying it with the kernel, as cuDNN does, or before, as in the paper. @defaultValue `true` */
  readonly resetAfter?: boolean;
}

/**
 * One step of `GRU` (Cho et al., 2014), with state `h`, an update gate `z` and a reset gate `r`:
 * `h' = z h + (1 - z) activation(candidate)`, which is the output.
 * The candidate is `x · kernel + bias + r (h · recurrent_kernel + recurrent bias)`, or with `resetAfter: false`
 * `x · kernel + bias + (r h) · recurrent_kernel`.
 *
 * Weights: `bias` is `[2, 3 * units]` with `resetAfter`, for the input's and the state's product, otherwise `[3 * units]`.
 * Shape: `[batch, features], [batch, units] -> [batch, units], [batch, units]`.
 */
export class GRUCell extends KernelCell {
  static override readonly className = 'GRUCell';
  readonly recurrentActivation: ActivationFunction;
  readonly resetAfter: boolean;

  /** @throws {ArgumentError} */
  constructor(config: GRUCellConfig) {
    super(config);
    const { recurrentActivation = 'sigmoid', resetAfter = true } = config;
    this.recurrentActivation = getActivation(recurrentActivation);
    this.resetAfter = checkBooleanOption(this.className, 'resetAfter', resetAfter);
  }

  protected override get gates(): number {
    return 3;
  }

  protected override get biasShape(): readonly number[] {
    return this.resetAfter ? [2, 3 * this.units] : [3 * this.units];
  }

  protected override startWith(dropout: PassDropout): CellPass {
    const [inputBias, recurrentBias] = this.#biases();
    const kernels = splitLast(this.weight('recurrent_kernel').value, 3) as readonly [Tensor, Tensor, Tensor];
    return {
      project: (inputs) => {
        const x = this.product(dropout.inputs.applyToAll(inputs), this.weight('kernel').value, this.projectInputs);
        return inputBias === null ? x : add(x, inputBias);
      },
      step: (x, [state]) => {
        const h = state as Tensor;
        const dropped = dropout.states.apply(h);
        const [update, reset, candidate] = this.resetAfter
          ? this.#resetAfter(x, dropped, recurrentBias)
          : this.#resetBefore(x, dropped, kernels);
        const fresh = this.activation.apply(candidate(this.recurrentActivation.apply(reset)));
        const z = this.recurrentActivation.apply(update);
        const output = add(mul(z, h), mul(sub(1, z), fresh));
        return { output, states: [output] };
      },
    };
  }

  #biases(): readonly [input: Tensor | null, recurrent: Tensor | null] {
    if (!this.useBias) return [null, null];
    const bias = this.weight('bias').value;
    if (!this.resetAfter) return [bias, null];
    const row = (i: number): Tensor => reshape(slice(bias, [i], [1]), [3 * this.units]);
    return [row(0), row(1)];
  }

  #resetAfter(x: Tensor, h: readonly Tensor[], bias: Tensor | null): GateSums {
    const product = this.product(h, this.weight('recurrent_kernel').value, this.projectState);
    const [xz, xr, xh] = splitLast(x, 3) as readonly [Tensor, Tensor, Tensor];
    const [hz, hr, hh] = splitLast(bias === null ? product : add(product, bias), 3) as readonly [
      Tensor,
      Tensor,
      Tensor,
    ];
    return [add(xz, hz), add(xr, hr), (r) => add(xh, mul(r, hh))];
  }

  #resetBefore(x: Tensor, h: readonly Tensor[], kernels: readonly [Tensor, Tensor, Tensor]): GateSums {
    const [xz, xr, xh] = splitLast(x, 3) as readonly [Tensor, Tensor, Tensor];
    const [hz, hr, hh] = (h.length === 1 ? [h[0], h[0], h[0]] : h) as readonly [Tensor, Tensor, Tensor];
    return [
      add(xz, matmul(hz, kernels[0])),
      add(xr, matmul(hr, kernels[1])),
      (r) => add(xh, matmul(mul(r, hh), kernels[2])),
    ];
  }

  override getConfig(): Config {
    return {
      ...super.getConfig(),
      recurrentActivation: this.recurrentActivation.name,
      resetAfter: this.resetAfter,
    };
  }
}

/** The sums for both gates, and for the candidate given the reset gate. */
type GateSums = readonly [update: Tensor, reset: Tensor, candidate: (r: Tensor) => Tensor];
