import type { DType } from '../dtype.js';
import type { PrimitiveName, PrimitiveParams } from '../ops/primitives.js';
import type { Shape } from '../shape.js';
import type { Storage } from '../storage.js';
import type { Variable } from '../variable.js';
import type { Group } from './fuse/group.js';

/** Index into `Plan.values`. */
export type ValueId = number;

/** Where the numbers of a value come from. */
export type ValueSource =
  | { readonly kind: 'input'; readonly position: number }
  | { readonly kind: 'variable'; readonly variable: Variable }
  | { readonly kind: 'constant'; readonly storage: Storage }
  /** Computed by the plan's prelude, once per version of the variables it depends on. */
  | { readonly kind: 'hoisted'; readonly position: number }
  | { readonly kind: 'step'; readonly step: number };

/** Something a plan knows the shape of. */
export interface Value {
  readonly id: ValueId;
  readonly shape: Shape;
  readonly dtype: DType;
  readonly source: ValueSource;
}

/** One primitive applied to values. Steps stand in the order they run in. */
export type Step = {
  readonly [K in PrimitiveName]: {
    readonly op: K;
    readonly params: PrimitiveParams[K];
    readonly inputs: readonly ValueId[];
    readonly output: ValueId;
    readonly flops: number;
    /** Which part of the program asked for it; gradients start with `∇`. */
    readonly origin: string;
  };
}[PrimitiveName];

/** A variable and the value it will hold after the run. */
export interface Effect {
  readonly variable: Variable;
  readonly value: ValueId;
}

/** Bytes of the arena that hold a value from the step that makes it to the last one that reads it. */
export interface Slot {
  readonly offset: number;
  readonly bytes: number;
}

/**
 * Where the values made by steps live. Values that alias each other share a slot. Results have none, as they outlive the
 * plan, nor have aliases of what is bound, nor what never leaves the group of steps that makes it.
 */
export interface MemoryPlan {
  readonly arenaBytes: number;
  readonly slots: ReadonlyMap<ValueId, Slot>;
  /** Bytes the same values would take if none shared memory. */
  readonly unsharedBytes: number;
}

/**
 * What runs: steps with static shapes over values, and where the values live. `bound` values are handed to a backend
 * in this order at every run; it hands back `results`: the outputs, then what the effects will store.
 */
export interface Plan {
  readonly name: string;
  readonly values: readonly Value[];
  readonly bound: readonly ValueId[];
  readonly steps: readonly Step[];
  /** What runs as one, in the order it runs in; every step is in one group. */
  readonly groups: readonly Group[];
  readonly outputs: readonly ValueId[];
  readonly effects: readonly Effect[];
  readonly results: readonly ValueId[];
  readonly memory: MemoryPlan;
  /** What depends on constants and unchanging variables only; its outputs are this plan's hoisted values. */
  readonly prelude: Plan | null;
  /** Names of the rewrites that changed something, with what they did. */
  readonly rewrites: readonly string[];
}
