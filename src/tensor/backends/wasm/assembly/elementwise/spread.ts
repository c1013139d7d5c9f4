/** A walk through an operand, outermost axis first: two words for each axis. The innermost axis has `inner` 1. */
@unmanaged
class WalkAxis {
  /** Elements of the walk that one step along this axis takes. */
  inner: i32;
  /** Elements of the operand that it skips; 0 where the operand is repeated. */
  step: i32;
}

/**
 * Writes `count` elements of a walk, from its element `start` on, to the register `to`. `R` is a class without fields
 * that knows how elements are stored in memory and in a register.
 */
export function spread<R>(to: usize, from: usize, walk: usize, start: i32, count: i32): void {
  const run = changetype<R>(0);
  const axis = changetype<WalkAxis>(walk);
  const inner = axis.inner;
  const step = axis.step;
  if (inner == 1) return run.copy(to, from + <usize>(start * step) * run.stored(), step, count);
  let index = start / inner;
  let skipped = start - index * inner;
  while (count > 0) {
    const taken = min(inner - skipped, count);
    spread<R>(to, from + <usize>(index * step) * run.stored(), walk + offsetof<WalkAxis>(), skipped, taken);
    to += <usize>taken * run.held();
    count -= taken;
    skipped = 0;
    index++;
  }
}

/** Fills a register, up to 32 bytes further than asked for. */
export function fill(to: usize, value: v128, bytes: usize): void {
  const end = to + bytes;
  while (to < end) {
    v128.store(to, value);
    v128.store(to, value, 16);
    to += 32;
  }
}
