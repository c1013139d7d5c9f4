import type { PrimitiveName } from '../../../ops/index.js';
import type { Epilogue, Step, Value, ValueId } from '../../../plan/index.js';
import type { Dialect } from '../source/dialect.js';
import type { KernelSource, Operand } from '../source/kernelBuilder.js';

/** A step of one primitive. */
export type StepOf<K extends PrimitiveName> = Extract<Step, { readonly op: K }>;

/** What turns steps into kernels may ask. */
export interface LoweringContext {
  readonly dialect: Dialect;
  value(id: ValueId): Value;
  /** Where the numbers of a value are. */
  operand(id: ValueId): Operand;
  /** Whether a value made by a step has a place, as it does unless it never leaves its group. */
  isStored(id: ValueId): boolean;
  /** Memory between two kernels of one step. */
  temporary(quads: number): Operand;
  /** Appends a kernel, which makes `outputs`. */
  launch(kernel: KernelSource, ...outputs: readonly Operand[]): void;
}

/** Images `[batch, height, width, channels]`, or a filter `[height, width, in, out]`. */
export type Shape4 = readonly [number, number, number, number];

/** The shape of a value that has four dimensions. */
export function shape4(context: LoweringContext, id: ValueId): Shape4 {
  return context.value(id).shape as Shape4;
}

/** What a kernel does to its result, and where the result of all of it goes. */
export interface Finish {
  readonly output: ValueId;
  readonly epilogue: Epilogue;
}

/** Appends the kernels of one step. `finish` is that of the step alone, or of the group that it is the producer of. */
export type Lowering<K extends PrimitiveName> = (step: StepOf<K>, context: LoweringContext, finish: Finish) => void;

/** Primitives that have kernels: all but those whose result is their input under a new shape. */
export type LoweredName = Exclude<PrimitiveName, 'reshape'>;

/** How every primitive is lowered: one that is missing does not compile. */
export type LoweringTable = { readonly [K in LoweredName]: Lowering<K> };

/** How some primitives are lowered. */
export type Lowerings = Partial<LoweringTable>;
