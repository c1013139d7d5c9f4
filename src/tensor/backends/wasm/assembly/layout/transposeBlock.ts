/**
 * `to[r * toStride + c] = from[c * fromStride + r]` for `rows` times `columns` elements, strides in bytes.
 */
export function transposeBlock<T>(to: usize, from: usize, rows: i32, columns: i32, toStride: usize, fromStride: usize): void {
  for (let r = 0; r < rows; r++) {
    let source = from + <usize>r * sizeof<T>();
    for (let c = 0; c < columns; c++, source += fromStride) store<T>(to + <usize>c * sizeof<T>(), load<T>(source));
    to += toStride;
  }
}

/** The same for elements of 4 bytes, four rows and columns at a time. */
export function transposeBlock32(to: usize, from: usize, rows: i32, columns: i32, toStride: usize, fromStride: usize): void {
  const wholeRows = rows & ~3;
  const wholeColumns = columns & ~3;
  for (let r = 0; r < wholeRows; r += 4) {
    let target = to + <usize>r * toStride;
    let source = from + (<usize>r << 2);
    for (let c = 0; c < wholeColumns; c += 4) {
      transposeTile(target, source, toStride, fromStride);
      target += 16;
      source += fromStride << 2;
    }
  }
  if (wholeColumns < columns) {
    const first = <usize>wholeColumns;
    transposeBlock<u32>(to + (first << 2), from + first * fromStride, wholeRows, columns - wholeColumns, toStride, fromStride);
  }
  if (wholeRows < rows) {
    const first = <usize>wholeRows;
    transposeBlock<u32>(to + first * toStride, from + (first << 2), rows - wholeRows, columns, toStride, fromStride);
  }
}

// @ts-ignore: decorator
@inline
function transposeTile(to: usize, from: usize, toStride: usize, fromStride: usize): void {
  const a = v128.load(from);
  const b = v128.load(from + fromStride);
  const c = v128.load(from + 2 * fromStride);
  const d = v128.load(from + 3 * fromStride);
  // a0 b0 a1 b1, and so on: pairs first, then pairs of pairs.
  const lowAB = v128.shuffle<i32>(a, b, 0, 4, 1, 5);
  const highAB = v128.shuffle<i32>(a, b, 2, 6, 3, 7);
  const lowCD = v128.shuffle<i32>(c, d, 0, 4, 1, 5);
  const highCD = v128.shuffle<i32>(c, d, 2, 6, 3, 7);
  v128.store(to, v128.shuffle<i64>(lowAB, lowCD, 0, 2));
  v128.store(to + toStride, v128.shuffle<i64>(lowAB, lowCD, 1, 3));
  v128.store(to + 2 * toStride, v128.shuffle<i64>(highAB, highCD, 0, 2));
  v128.store(to + 3 * toStride, v128.shuffle<i64>(highAB, highCD, 1, 3));
}
