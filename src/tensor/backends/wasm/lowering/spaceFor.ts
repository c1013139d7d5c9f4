/** Stretches of an arena start at multiples of this: a cache line. */
const alignment = 64;

/** Bytes from the start of a stretch of an arena to the next one, `margin` bytes behind it or more. */
export function spaceFor(bytes: number, margin: number): number {
  return Math.ceil((bytes + margin) / alignment) * alignment;
}
