import type { KernelBuilder, Quad } from '../source/kernelBuilder.js';
import { places } from '../source/kernelBuilder.js';

/**
 * One of the two arrays of a product `sum over k of a[row, k] * b[k, column]`: its quads run along what is added up, or
 * along what is not.
 */
export interface Factor {
  readonly array: string;
  readonly along: 'sum' | 'result';
}

/** A loop over something that is added up, with what one round means in quads of each factor. */
export interface SumLoop {
  readonly count: number;
  readonly a: number;
  readonly b: number;
}

/** A tile of a product: some rows, and four columns. */
export interface Tile {
  readonly rows: number;
  /**
   * Where in `a` the sum of each row begins, in quads. Rows of a factor whose quads run along the rows are the four of a
   * quad: it has one beginning.
   */
  readonly a: Factor & { readonly starts: readonly string[]; readonly place?: string };
  /** Where in `b` the sum begins for the four columns; with quads along the sum, how far apart the columns are. */
  readonly b: Factor & { readonly start: string; readonly columnStep?: number; readonly rowStep?: number };
  /** From the outermost one in. The innermost takes four terms at a time if either factor has its quads along the sum. */
  readonly loops: readonly SumLoop[];
}

/** Numbers that a tile adds up, all 0 yet: four for each row. */
export function emptySums(kernel: KernelBuilder, rows: number): readonly Quad[] {
  const zero = (): string => kernel.let('0', 's');
  return Array.from({ length: rows }, (): Quad => [zero(), zero(), zero(), zero()]);
}

/** Adds the products of a tile to `sums`. */
export function multiplyTile(
  kernel: KernelBuilder,
  tile: Tile,
  sums: readonly Quad[] = emptySums(kernel, tile.rows),
): readonly Quad[] {
  const loops = tile.loops.filter(({ count }) => count !== 1);
  const nest = (depth: number, a: readonly string[], b: readonly string[]): void => {
    const loop = loops[depth];
    if (loop === undefined) {
      const [offsetA, offsetB] = [a, b].map((terms) =>
        terms.length === 0 ? null : kernel.let(terms.join(' + '), 'k'),
      );
      addTerms(kernel, tile, offsetA ?? null, offsetB ?? null, sums);
      return;
    }
    kernel.repeat(loop.count, (i) => nest(depth + 1, [...a, ...term(i, loop.a)], [...b, ...term(i, loop.b)]));
  };
  nest(0, [], []);
  return sums;
}

function term(counter: string, step: number): readonly string[] {
  if (step === 0) return [];
  return [step === 1 ? counter : `${counter} * ${step < 0 ? `(${step})` : step}`];
}

function addTerms(
  kernel: KernelBuilder,
  { a, b, rows }: Tile,
  offsetA: string | null,
  offsetB: string | null,
  sums: readonly Quad[],
): void {
  const fromA = (start: string): string => (offsetA === null ? start : `${start} + ${offsetA}`);
  const fromB = (extra: number): string =>
    [b.start, ...(offsetB === null ? [] : [offsetB]), ...(extra === 0 ? [] : [String(extra)])].join(' + ');
  if (a.along === 'result') {
    // One term: four rows from one quad of a, four columns from one quad of b.
    const column = kernel.quad(b.array, fromB(0));
    const start = fromA(a.starts[0] as string);
    const left =
      a.place === undefined ? kernel.quad(a.array, start) : [kernel.element(a.array, `(${start}) * 4 + ${a.place}`)];
    for (let row = 0; row < rows; row++) {
      for (const place of places) add(kernel, sums, row, place, [`${left[row]} * ${column[place]}`]);
    }
    return;
  }
  const right = places.map((i) =>
    kernel.quad(b.array, fromB(i * ((b.along === 'sum' ? b.columnStep : b.rowStep) as number))),
  );
  for (let row = 0; row < rows; row++) {
    const left = kernel.quad(a.array, fromA(a.starts[row] as string));
    for (const place of places) {
      const terms = places.map((i) => {
        const factor = b.along === 'sum' ? right[place]?.[i] : right[i]?.[place];
        return `${left[i]} * ${factor}`;
      });
      add(kernel, sums, row, place, terms);
    }
  }
}

function add(kernel: KernelBuilder, sums: readonly Quad[], row: number, place: number, terms: readonly string[]): void {
  const sum = sums[row]?.[place];
  kernel.line(`${sum} = ${sum} + ${terms.join(' + ')};`);
}
