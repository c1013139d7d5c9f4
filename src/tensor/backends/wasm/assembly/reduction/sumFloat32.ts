import { scratch } from '../scratch';

// Sums of float32. Few numbers are added in single precision before the sum of them goes on in double precision: the
// error does not grow with the number of elements, and memory is still what limits the speed.

/** Numbers in a row that are added in single precision: each of 32 lanes adds at most 32. */
const rowBlock: i32 = 1024;

/** The sum of `count` numbers next to each other. */
export function sumRow(to: usize, from: usize, count: i32): void {
  let total: f64 = 0;
  for (; count > rowBlock; count -= rowBlock) {
    total += <f64>sumBlock(from, rowBlock);
    from += <usize>rowBlock << 2;
  }
  store<f32>(to, <f32>(total + <f64>sumBlock(from, count)));
}

function sumBlock(from: usize, count: i32): f32 {
  let a = f32x4.splat(0);
  if (count >= 32) {
    let b = a, c = a, d = a, e = a, f = a, g = a, h = a;
    for (; count >= 32; count -= 32) {
      a = f32x4.add(a, v128.load(from));
      b = f32x4.add(b, v128.load(from, 16));
      c = f32x4.add(c, v128.load(from, 32));
      d = f32x4.add(d, v128.load(from, 48));
      e = f32x4.add(e, v128.load(from, 64));
      f = f32x4.add(f, v128.load(from, 80));
      g = f32x4.add(g, v128.load(from, 96));
      h = f32x4.add(h, v128.load(from, 112));
      from += 128;
    }
    a = f32x4.add(f32x4.add(f32x4.add(a, b), f32x4.add(c, d)), f32x4.add(f32x4.add(e, f), f32x4.add(g, h)));
  }
  for (; count >= 4; count -= 4) {
    a = f32x4.add(a, v128.load(from));
    from += 16;
  }
  let total = f32x4.extract_lane(a, 0) + f32x4.extract_lane(a, 1) + (f32x4.extract_lane(a, 2) + f32x4.extract_lane(a, 3));
  for (; count > 0; count--) {
    total += load<f32>(from);
    from += 4;
  }
  return total;
}

/** Column by column the sum of `rows` rows that are `inner` numbers apart. */
export function sumColumns(to: usize, from: usize, rows: i32, columns: i32, inner: i32): void {
  const totals = scratch();
  // Lanes past the last column add up numbers of other columns, which nobody reads.
  const width = <usize>((columns + 3) & ~3) << 2;
  const stride = <usize>inner << 2;
  memory.fill(totals, 0, width << 1);
  for (; rows >= 4; rows -= 4) {
    addFourRows(totals, from, width, stride);
    from += stride << 2;
  }
  for (; rows > 0; rows--) {
    for (let c: usize = 0; c < width; c += 16) addTo(totals + (c << 1), v128.load(from + c));
    from += stride;
  }
  for (let c = 0; c < columns; c++) store<f32>(to + (<usize>c << 2), <f32>load<f64>(totals + (<usize>c << 3)));
}

function addFourRows(totals: usize, row0: usize, width: usize, stride: usize): void {
  const row1 = row0 + stride, row2 = row1 + stride, row3 = row2 + stride;
  for (let c: usize = 0; c < width; c += 16) {
    const a = f32x4.add(v128.load(row0 + c), v128.load(row1 + c));
    const b = f32x4.add(v128.load(row2 + c), v128.load(row3 + c));
    addTo(totals + (c << 1), f32x4.add(a, b));
  }
}

// @ts-ignore: decorator
@inline
/** Adds four numbers to four totals in double precision. */
function addTo(totals: usize, x: v128): void {
  const high = v128.shuffle<i32>(x, x, 2, 3, 2, 3);
  v128.store(totals, f64x2.add(v128.load(totals), f64x2.promote_low_f32x4(x)));
  v128.store(totals, f64x2.add(v128.load(totals, 16), f64x2.promote_low_f32x4(high)), 16);
}
