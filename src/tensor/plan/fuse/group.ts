import type { Step, Value, ValueId } from '../plan.js';

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

/**
 * Steps that run as one. What they hand to each other and nobody else reads is never stored. `steps` are indices into
 * `Plan.steps`, in order; the last one makes the result.
 */
export type Group =
  | { readonly kind: 'single'; readonly steps: readonly [number] }
  /** Element by element over one shape. Several results; reductions of what was computed may come last. */
  | { readonly kind: 'elementwise'; readonly steps: readonly number[] }
  /** A kernel, then what it can do to its result before storing it. */
  | {
      readonly kind: 'epilogue';
      readonly steps: readonly number[];
      readonly producer: number;
      readonly epilogue: Epilogue;
    };

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
