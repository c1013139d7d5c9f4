import type { TypedArray } from '../../../dtype.js';

/** A matrix inside an array: element `(i, j)` is `data[start + i * rowStep + j * columnStep]`. */
export interface Matrix {
  readonly data: TypedArray;
  readonly start: number;
  readonly rowStep: number;
  readonly columnStep: number;
}

export function transposed({ data, start, rowStep, columnStep }: Matrix): Matrix {
  return { data, start, rowStep: columnStep, columnStep: rowStep };
}

/** Side of the tile of `c` that is computed at once. Its 16 sums fit in a processor's registers, or nearly. */
const side = 4;

/** Packed panels hold about this many doubles at most: `a`'s a cache, `b`'s a reasonable amount of memory. */
const rowPanelsLimit = 2 ** 17;
const columnPanelsLimit = 2 ** 20;

/**
 * `c = a b`, or `c += a b` if `accumulate`; `a` is `[rows, depth]`, `b` is `[depth, columns]`.
 *
 * Four rows of `a` and four columns of `b` are first copied ("packed") into panels where the numbers lie in the order
 * they are used in. A tile of `c` then takes 8 loads for 16 products, whichever way `a` and `b` were laid out, and is
 * summed over all of `depth` in doubles.
 */
export function gemm(
  rows: number,
  columns: number,
  depth: number,
  a: Matrix,
  b: Matrix,
  c: Matrix,
  accumulate = false,
): void {
  const rowsAtOnce = linesAtOnce(rows, depth, rowPanelsLimit);
  const columnsAtOnce = linesAtOnce(columns, depth, columnPanelsLimit);
  const rowPanels = new Float64Array(rowsAtOnce * depth);
  const columnPanels = new Float64Array(columnsAtOnce * depth);
  const tile = new Float64Array(side * side);
  const bColumns = transposed(b);
  for (let column = 0; column < columns; column += columnsAtOnce) {
    const columnEnd = Math.min(column + columnsAtOnce, columns);
    pack(columnPanels, bColumns, column, columnEnd, depth);
    for (let row = 0; row < rows; row += rowsAtOnce) {
      const rowEnd = Math.min(row + rowsAtOnce, rows);
      pack(rowPanels, a, row, rowEnd, depth);
      for (let j = column; j < columnEnd; j += side) {
        for (let i = row; i < rowEnd; i += side) {
          multiplyPanels(tile, rowPanels, (i - row) * depth, columnPanels, (j - column) * depth, depth);
          storeTile(c, tile, i, Math.min(i + side, rowEnd), j, Math.min(j + side, columnEnd), accumulate);
        }
      }
    }
  }
}

/** How many rows (or columns) to pack together: whole panels, at least one. */
function linesAtOnce(lines: number, depth: number, limit: number): number {
  const panels = Math.min(Math.ceil(lines / side), Math.floor(limit / (side * depth)));
  return side * Math.max(panels, 1);
}

/**
 * Copies rows `[first, end)` into panels of four: element `k` of row `i` goes to place `4 k + i % 4` of its panel.
 * Rows that the last panel lacks are zeros.
 */
function pack(
  panels: Float64Array,
  { data, start, rowStep, columnStep }: Matrix,
  first: number,
  end: number,
  depth: number,
) {
  for (let row = first; row < end; row += side) {
    const panel = (row - first) * depth;
    const count = Math.min(side, end - row);
    let p = start + row * rowStep;
    if (count === side) {
      for (let to = panel; to < panel + side * depth; to += side, p += columnStep) {
        panels[to] = data[p] as number;
        panels[to + 1] = data[p + rowStep] as number;
        panels[to + 2] = data[p + 2 * rowStep] as number;
        panels[to + 3] = data[p + 3 * rowStep] as number;
      }
    } else {
      for (let to = panel; to < panel + side * depth; to += side, p += columnStep) {
        for (let i = 0; i < side; i++) panels[to + i] = i < count ? (data[p + i * rowStep] as number) : 0;
      }
    }
  }
}

/** `tile[i][j] = sum over k of a[k][i] b[k][j]`, for one panel of `a` and one of `b`. */
function multiplyPanels(
  tile: Float64Array,
  a: Float64Array,
  p: number,
  b: Float64Array,
  q: number,
  depth: number,
): void {
  let [c00, c01, c02, c03] = [0, 0, 0, 0];
  let [c10, c11, c12, c13] = [0, 0, 0, 0];
  let [c20, c21, c22, c23] = [0, 0, 0, 0];
  let [c30, c31, c32, c33] = [0, 0, 0, 0];
  for (let k = 0; k < depth; k++, p += side, q += side) {
    const a0 = a[p] as number;
    const a1 = a[p + 1] as number;
    const a2 = a[p + 2] as number;
    const a3 = a[p + 3] as number;
    const b0 = b[q] as number;
    const b1 = b[q + 1] as number;
    const b2 = b[q + 2] as number;
    const b3 = b[q + 3] as number;
    c00 += a0 * b0;
    c01 += a0 * b1;
    c02 += a0 * b2;
    c03 += a0 * b3;
    c10 += a1 * b0;
    c11 += a1 * b1;
    c12 += a1 * b2;
    c13 += a1 * b3;
    c20 += a2 * b0;
    c21 += a2 * b1;
    c22 += a2 * b2;
    c23 += a2 * b3;
    c30 += a3 * b0;
    c31 += a3 * b1;
    c32 += a3 * b2;
    c33 += a3 * b3;
  }
  tile[0] = c00;
  tile[1] = c01;
  tile[2] = c02;
  tile[3] = c03;
  tile[4] = c10;
  tile[5] = c11;
  tile[6] = c12;
  tile[7] = c13;
  tile[8] = c20;
  tile[9] = c21;
  tile[10] = c22;
  tile[11] = c23;
  tile[12] = c30;
  tile[13] = c31;
  tile[14] = c32;
  tile[15] = c33;
}

/** Writes the part of a tile that lies inside rows `[row, rowEnd)` and columns `[column, columnEnd)` of `c`. */
function storeTile(
  { data, start, rowStep, columnStep }: Matrix,
  tile: Float64Array,
  row: number,
  rowEnd: number,
  column: number,
  columnEnd: number,
  accumulate: boolean,
): void {
  for (let i = row; i < rowEnd; i++) {
    let to = start + i * rowStep + column * columnStep;
    for (let j = column; j < columnEnd; j++, to += columnStep) {
      const value = tile[(i - row) * side + j - column] as number;
      data[to] = accumulate ? (data[to] as number) + value : value;
    }
  }
}
