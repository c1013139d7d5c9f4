// Sums over all pixels of a batch are cut into parts, which threads add up side by side.

/** Terms that one thread adds up, about; parts of a sum, at most; quads that parts may take together. */
const longestSum = 1024;
const mostParts = 256;
const partialQuads = 2 ** 22;

/** How many lines of `columns` pixels one thread adds up. */
export function linesPerPart(lines: number, columns: number, resultSize: number): number {
  const parts = Math.min(mostParts, Math.max(1, Math.floor((partialQuads * 4) / resultSize)));
  return Math.min(lines, Math.max(1, Math.floor(longestSum / columns), Math.ceil(lines / parts)));
}
