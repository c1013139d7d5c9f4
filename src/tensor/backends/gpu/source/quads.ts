/** Quads that `size` numbers take; an empty array takes one, as there is no memory of none. */
export function quadsOf(size: number): number {
  return Math.max(1, Math.ceil(size / 4));
}
