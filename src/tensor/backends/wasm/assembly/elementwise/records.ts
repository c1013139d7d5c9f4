// What the tail of an `elementwise` instruction holds: slots, then steps, then walks. `lowering/elementwise/` writes it.

/** Something the steps read or write: an operand, an intermediate, a result. */
@unmanaged
export class Slot {
  kind: i32;
  dtype: i32;
  /** Which of the worker's registers may hold a tile of it. */
  register: i32;
  /** Of an array: where it is. Of a constant: the lower 32 bits of a lane. */
  address: usize;
  /** Of an operand: bytes from the tail to its walk. Of a constant: the upper 32 bits of a lane of 64. */
  walk: usize;
}

/** One operation on a whole tile; `to`, `a`, `b` and `c` are numbers of slots. */
@unmanaged
export class Step {
  operation: i32;
  to: i32;
  a: i32;
  b: i32;
  c: i32;
}

/** A register and nothing else: what never leaves the tile. */
export const intermediate: i32 = 0;
/** One number everywhere. */
export const constant: i32 = 1;
/** An operand without repetition, of the shape that is walked. */
export const whole: i32 = 2;
/** An operand that is the same in every tile. */
export const repeated: i32 = 3;
/** An operand repeated in any other way. */
export const spread: i32 = 4;
export const result: i32 = 5;
