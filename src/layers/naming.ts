import { snakeCase } from '../tensor/index.js';

const used = new Map<string, number>();

/**
 * A name no other layer was given automatically: `dense`, `dense_1`, `dense_2`, … As in Keras an operation `ops.Add` and
 * a layer `Add` count together.
 */
export function uniqueName(className: string): string {
  const base = snakeCase(className.slice(className.lastIndexOf('.') + 1));
  const count = used.get(base) ?? 0;
  used.set(base, count + 1);
  return count === 0 ? base : `${base}_${count}`;
}

/** Starts counting automatic names anew, as Keras's `clear_session`. */
export function clearSession(): void {
  used.clear();
}
