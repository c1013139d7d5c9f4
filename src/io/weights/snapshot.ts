import type { Model } from '../../layers/index.js';
import { Variable } from '../../tensor/index.js';
import { adaptedIn } from './adaptedLayers.js';

/** The numbers of variables at one moment, whatever is assigned later. */
export type Snapshot = ReadonlyMap<Variable, Variable['storage']>;

/** Takes down what the weights of a model amount to, deltas of low rank included, and what other variables hold. */
export function snapshot(model: Model, others: readonly Variable[] = []): Snapshot {
  const numbers = new Map([...model.weights, ...others].map((variable) => [variable, variable.storage]));
  for (const { delta } of adaptedIn(model)) {
    if (delta !== null) numbers.set(delta.kernel, new Variable(delta.value).storage);
  }
  return numbers;
}
