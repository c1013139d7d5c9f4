import type { Described } from '../tensor/index.js';

/** Class and options as plain data, for `getConfig`. */
export function describe(thing: Described): Described;
export function describe(thing: Described | null): Described | null;
export function describe(thing: Described | null): Described | null {
  return thing === null ? null : { className: thing.className, config: thing.config };
}
