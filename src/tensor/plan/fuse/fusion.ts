import type { Group, Step, Value, ValueId } from '../plan.js';

/** A plan's steps before they are grouped. */
export interface StepGraph {
  readonly values: readonly Value[];
  readonly steps: readonly Step[];
  /** Values that outlive the plan. */
  readonly results: ReadonlySet<ValueId>;
  /** Steps that read a value, in order. */
  readonly readers: ReadonlyMap<ValueId, readonly number[]>;
}

/** Finds steps that may run as one. */
export interface Fusion {
  readonly name: string;
  /** Groups made of steps for which `taken` is false, each step in one group at most. */
  readonly find: (graph: StepGraph, taken: (step: number) => boolean) => readonly Group[];
}
