/** How a field of an instruction is stored: an address, a whole number, a `float32`, all of them one 32-bit word. */
export type FieldType = 'pointer' | 'int' | 'float';

/**
 * Every instruction the engine knows, with its fields in order. The classes that kernels read them through are generated
 * from this table, so that both sides agree. A kernel `x` is the function `x(record, begin, end)` in
 * `assembly/kernels/x.ts`; it computes the units `begin` to `end`, which no other thread computes.
 *
 * What has no fixed length (strides, a chain of operations) follows the fields as *tail* words.
 */
export const instructions = {
  /** One unit is 64 KiB. */
  copy: { to: 'pointer', from: 'pointer', bytes: 'int' },

  // elementwise

  // reductions

  // matrix products and convolutions

  // filter gradients

  // depthwise convolutions

  // pooling

  // layout

  // indexing

  // resizing

  // random numbers

  // ceilings, for benchmarks
  /** One unit is 12 * 4 multiply-adds, `repeats` times. */
  peak: { repeats: 'int', factor: 'float', addend: 'float' },
} as const satisfies Record<string, Readonly<Record<string, FieldType>>>;

export type InstructionName = keyof typeof instructions;

/** Names in the order of their opcodes. */
export const instructionNames = Object.keys(instructions) as readonly InstructionName[];

/**
 * Words before the fields of each instruction: which kernel, how many words the instruction takes, how many units of
 * work there are, how many a thread takes at a time, and how many have been taken (always 0 between runs).
 */
export const headerWords = ['opcode', 'words', 'units', 'grain', 'taken'] as const;
