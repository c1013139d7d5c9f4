import type { Tensor } from '../tensor.js';

/** Everything `roots` are made of, inputs before what uses them (that is, in order of creation). */
export function ancestors(roots: readonly Tensor[], inputsOf: (node: Tensor) => readonly Tensor[]): Tensor[] {
  const seen = new Set<Tensor>(roots);
  // A set visits what is added while it is being walked, which makes this a breadth-first search without recursion.
  for (const node of seen) for (const input of inputsOf(node)) seen.add(input);
  // Nearly sorted already, the other way round.
  return [...seen].reverse().sort((a, b) => a.id - b.id);
}
