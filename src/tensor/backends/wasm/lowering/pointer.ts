import type { ValueId } from '../../../plan/index.js';

/** An address that is known when the program is about to run: that of a value, or of memory between instructions. */
export interface Pointer {
  readonly base: Base;
  /** Bytes from there. */
  readonly offset: number;
}

export type Base =
  /** A value of the plan. */
  | { readonly kind: 'value'; readonly value: ValueId }
  /** The buffer of a result of the plan, by position. */
  | { readonly kind: 'result'; readonly index: number }
  /** Memory that holds something for the instructions of one step only. */
  | { readonly kind: 'temporary' }
  /** Something made of a bound value once and kept with its buffer. */
  | { readonly kind: 'derived'; readonly index: number };

/** `pointer` moved by some bytes. */
export function moved(pointer: Pointer, bytes: number): Pointer {
  return { base: pointer.base, offset: pointer.offset + bytes };
}
