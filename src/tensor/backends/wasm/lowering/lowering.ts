import { bytesPerElement } from '../../../dtype.js';
import type { PrimitiveName } from '../../../ops/index.js';
import type { Epilogue, Step, Value, ValueId } from '../../../plan/index.js';
import { sizeOf } from '../../../shape.js';
import type { Pointer } from './pointer.js';
import type { ProgramBuilder } from './programBuilder.js';

/** A step of one primitive. */
export type StepOf<K extends PrimitiveName> = Extract<Step, { readonly op: K }>;

/** What turns steps into instructions may ask. */
export interface LoweringContext {
  readonly builder: ProgramBuilder;
  value(id: ValueId): Value;
  /** Where the numbers of a value are. */
  pointer(id: ValueId): Pointer;
  /** Whether a value made by a step has a place, as it does unless it never leaves its group. */
  isStored(id: ValueId): boolean;
}

/** What a kernel does to its result, and where the result of all of it goes. */
export interface Finish {
  readonly output: ValueId;
  readonly epilogue: Epilogue;
}

/**
 * Appends the instructions of one step. `finish` is that of the step alone, unless it is the producer of a group with an
 * epilogue: then `step.output` is stored nowhere.
 */
export type Lowering<K extends PrimitiveName> = (step: StepOf<K>, context: LoweringContext, finish: Finish) => void;

/** Primitives that have instructions: all but those whose result is their input under a new shape. */
export type LoweredName = Exclude<PrimitiveName, 'reshape'>;

/** How every primitive is lowered: one that is missing does not compile. */
export type LoweringTable = { readonly [K in LoweredName]: Lowering<K> };

/** How some primitives are lowered. */
export type Lowerings = Partial<LoweringTable>;

/** Bytes that a value takes. */
export function bytesOf({ shape, dtype }: Pick<Value, 'shape' | 'dtype'>): number {
  return sizeOf(shape) * bytesPerElement(dtype);
}
