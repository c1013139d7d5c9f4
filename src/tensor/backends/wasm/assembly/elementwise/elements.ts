import { fill } from './spread';

// How elements come into a register of 32-bit lanes and go out of it.

/** float32 and int32, as they are. */
@unmanaged
export class Words {
  @inline
  stored(): usize {
    return 4;
  }

  @inline
  held(): usize {
    return 4;
  }

  /** `count` elements, or one of them `count` times; what it writes behind them is written over by the next run. */
  copy(to: usize, from: usize, step: i32, count: i32): void {
    const end = to + (<usize>count << 2);
    if (step == 0) return fill(to, v128.load32_splat(from), end - to);
    for (; to < end; to += 16, from += 16) v128.store(to, v128.load(from));
  }
}

/** uint8, each as an int32. */
@unmanaged
export class Bytes {
  @inline
  stored(): usize {
    return 1;
  }

  @inline
  held(): usize {
    return 4;
  }

  copy(to: usize, from: usize, step: i32, count: i32): void {
    const end = to + (<usize>count << 2);
    if (step == 0) return fill(to, i32x4.splat(load<u8>(from)), end - to);
    for (; to < end; to += 16, from += 4) v128.store(to, widened(from));
  }
}

/** bool, each as a mask. */
@unmanaged
export class Truths {
  @inline
  stored(): usize {
    return 1;
  }

  @inline
  held(): usize {
    return 4;
  }

  copy(to: usize, from: usize, step: i32, count: i32): void {
    const end = to + (<usize>count << 2);
    if (step == 0) return fill(to, i32x4.splat(0 - <i32>load<u8>(from)), end - to);
    for (; to < end; to += 16, from += 4) v128.store(to, i32x4.neg(widened(from)));
  }
}

/** The lowest byte of each of `count` lanes, with only the bits of `mask`. */
export function storeBytes(to: usize, from: usize, mask: i32, count: i32): void {
  const bits = i32x4.splat(mask);
  let left = count;
  for (; left >= 16; left -= 16, to += 16, from += 64) {
    const low = narrowed(v128.and(v128.load(from), bits), v128.and(v128.load(from, 16), bits));
    const high = narrowed(v128.and(v128.load(from, 32), bits), v128.and(v128.load(from, 48), bits));
    v128.store(to, i8x16.narrow_i16x8_u(low, high));
  }
  for (; left > 0; left--, to++, from += 4) store<u8>(to, load<i32>(from) & mask);
}

// @ts-ignore: decorator
@inline
function widened(from: usize): v128 {
  return i32x4.extend_low_i16x8_u(i16x8.extend_low_i8x16_u(v128.load32_zero(from)));
}

// @ts-ignore: decorator
@inline
function narrowed(a: v128, b: v128): v128 {
  return i16x8.narrow_i32x4_s(a, b);
}
