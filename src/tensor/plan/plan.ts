import type { DType } from '../dtype.js';
import type { PrimitiveName, PrimitiveParams } from '../ops/primitives.js';
import type { Shape } from '../shape.js';
import type { Storage } from '../storage.js';
import type { Variable } from '../variable.js';

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

/** What a kernel does to each number it has computed, in this order, before it stores it. */
export interface Epilogue {
  /** One number for each output channel, added. */
  readonly bias?: ValueId;
  /** An array of the shape of the result, added. */
  readonly residual?: ValueId;
  /** `min(max(x, 0), maximum)`. */
  readonly relu?: { readonly maximum: number };
  /** The backward pass of that: 0 wherever `output` is not strictly between 0 and `maximum`. */
  readonly reluGradient?: { readonly output: ValueId; readonly maximum: number };
}

/** A kernel, then what it can do to its result before storing it. */
export interface EpilogueGroup {
  readonly kind: 'epilogue';
  readonly steps: readonly number[];
  readonly producer: number;
  readonly epilogue: Epilogue;
}

/**
 * Steps that run as one. What they hand to each other and nobody else reads is never stored. `steps` are indices into
 * `Plan.steps`, in order; the last one makes the result.
 */
export type Group =
  | { readonly kind: 'single'; readonly steps: readonly [number] }
  /** Element by element over one shape. Several results; reductions of what was computed may come last. */
  | { readonly kind: 'elementwise'; readonly steps: readonly number[] }
  | EpilogueGroup
  /** A product `x^T dy`, and dy summed up over everything but its last axis. */
  | {
      readonly kind: 'columnSum';
      readonly steps: readonly number[];
      readonly producer: number;
      readonly sum: number;
    }
  /** A convolution of single pixels, if there is one; a depthwise one of what that gives; another one of single pixels. */
  | {
      readonly kind: 'invertedResidual';
      readonly steps: readonly number[];
      readonly expand: EpilogueGroup | null;
      readonly depthwise: EpilogueGroup;
      readonly project: EpilogueGroup;
    };

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
