import type { Variable } from '../../tensor/index.js';

const pretrained = new WeakSet<Variable>();

/** Notes that a weight was given its numbers by a file. */
export function markPretrained(variable: Variable): void {
  pretrained.add(variable);
}

/** Whether a file gave the weight its numbers, which training may have changed since. */
export function isPretrained(variable: Variable): boolean {
  return pretrained.has(variable);
}
