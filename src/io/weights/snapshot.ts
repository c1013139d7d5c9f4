import type { Variable } from '../../tensor/index.js';

/** The numbers of variables at one moment, whatever is assigned later. */
export type Snapshot = ReadonlyMap<Variable, Variable['storage']>;

/** Takes down what variables hold. */
export function snapshot(variables: readonly Variable[]): Snapshot {
  return new Map(variables.map((variable) => [variable, variable.storage]));
}
