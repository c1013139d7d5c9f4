import type { Tensor } from '../../tensor/index.js';
import { Loss, type LossOptions } from './loss.js';

/** The loss of each entry as a plain function. Shape: `[n, …], [n, …] -> [n, …]`. */
export type LossFunction = (yTrue: Tensor, yPred: Tensor) => Tensor;

/** A function as a loss, named after it. */
export class FunctionLoss extends Loss {
  readonly className = 'FunctionLoss';

  constructor(
    readonly call: LossFunction,
    options: LossOptions = {},
  ) {
    super({ name: call.name === '' ? 'loss' : call.name, ...options });
  }
}
