/** How a matrix product is cut up; `blockLength` in `assembly/product/multiply.ts` has the same idea of blocks. */
export interface Blocking {
  /** Rows and columns of one unit of work. */
  readonly unitRows: number;
  readonly unitColumns: number;
  /** Units of one matrix. */
  readonly units: number;
  /** Longest part of the depth that is added up at a time. Blocks start anew every `period`. */
  readonly block: number;
  readonly period: number;
}

/** Rows, columns and depth of a product; the depth is made of `taps` stretches of the same length. */
export interface ProductSize {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  /** @defaultValue 1 */
  readonly taps?: number;
  /** Products of this size that are computed together. @defaultValue 1 */
  readonly matrices?: number;
}

/** 8 columns of B and a tile of A of this depth fit into the first-level cache together. */
const longestBlock = 512;
/** Numbers of A that stay in the second-level cache while all columns of B pass by. */
const residentNumbers = 30_720;
/** Rows that `assembly/product/rowTable.ts` has room for. */
const mostRows = 1020;
/** So that several workers end at about the same time. */
const wantedUnits = 16;

/** Depends on sizes only, so that results do not depend on the number of workers. */
export function blockProduct({ rows, columns, depth, taps = 1, matrices = 1 }: ProductSize): Blocking {
  const { period, block } = blockDepth(depth, taps);
  const fitting = Math.min(mostRows, Math.max(12, Math.floor(residentNumbers / Math.max(block, 1) / 12) * 12));
  const wanted = Math.ceil(wantedUnits / Math.max(1, matrices));
  const panels = Math.ceil(columns / 8);
  let best = { unitRows: 12, unitColumns: 8, units: 0 };
  let least = Infinity;
  for (let columnBlocks = 1; columnBlocks <= Math.max(1, Math.min(panels, wanted)); columnBlocks++) {
    const rowBlocks = Math.max(Math.ceil(wanted / columnBlocks), Math.ceil(rows / fitting));
    const unitRows = Math.max(12, upTo12(rows / rowBlocks));
    const unitColumns = 8 * Math.max(1, Math.ceil(panels / columnBlocks));
    // Rows of A are read once for each block of columns, columns of B once for each block of rows.
    const [down, across] = [Math.ceil(rows / unitRows), Math.ceil(columns / unitColumns)];
    const read = rows * across + columns * down;
    if (read < least) best = { unitRows, unitColumns, units: down * across };
    least = Math.min(least, read);
  }
  return { ...best, block, period };
}

/** The next multiple of the rows of a tile, of either build. */
function upTo12(rows: number): number {
  return Math.ceil(rows / 12) * 12;
}

/** Blocks of about equal length: some whole taps, or a part of one. */
export function blockDepth(depth: number, taps: number): Pick<Blocking, 'block' | 'period'> {
  const channels = depth / Math.max(taps, 1);
  if (channels > longestBlock) {
    const parts = Math.ceil(channels / longestBlock);
    return { period: channels, block: Math.ceil(channels / parts / 4) * 4 };
  }
  const tapsPerBlock = Math.max(1, Math.floor(longestBlock / Math.max(channels, 1)));
  const parts = Math.max(1, Math.ceil(taps / tapsPerBlock));
  return { period: depth, block: Math.ceil(taps / parts) * channels };
}

/** Bytes of the packed right operand of one product. */
export function packedBytes({ columns, depth }: Pick<ProductSize, 'columns' | 'depth'>): number {
  return Math.ceil(columns / 8) * 32 * depth;
}
