/**
 * Threefry-2x32 with 20 rounds (Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", 2011) of four counters
 * `(counter, step)`, `(counter + 1, step)` ... under the key `(seed, stream)`. Stores the eight words in order.
 */
export function storeWords(to: usize, seed: i32, stream: i32, counter: i32, step: i32): void {
  let k0 = i32x4.splat(seed);
  let k1 = i32x4.splat(stream);
  let k2 = i32x4.splat(seed ^ stream ^ 0x1bd11bda);
  let x0 = i32x4.add(i32x4.add(i32x4.splat(counter), i32x4(0, 1, 2, 3)), k0);
  let x1 = i32x4.add(i32x4.splat(step), k1);
  // Four rounds, then the next two of the three keys in turn; the rotations alternate between two lists.
  for (let group = 1; ; group += 2) {
    x0 = i32x4.add(x0, x1);
    x1 = v128.xor(rotate(x1, 13), x0);
    x0 = i32x4.add(x0, x1);
    x1 = v128.xor(rotate(x1, 15), x0);
    x0 = i32x4.add(x0, x1);
    x1 = v128.xor(rotate(x1, 26), x0);
    x0 = i32x4.add(x0, x1);
    x1 = v128.xor(rotate(x1, 6), x0);
    x0 = i32x4.add(x0, k1);
    x1 = i32x4.add(x1, i32x4.add(k2, i32x4.splat(group)));
    if (group == 5) break;
    x0 = i32x4.add(x0, x1);
    x1 = v128.xor(rotate(x1, 17), x0);
    x0 = i32x4.add(x0, x1);
    x1 = v128.xor(rotate(x1, 29), x0);
    x0 = i32x4.add(x0, x1);
    x1 = v128.xor(rotate(x1, 16), x0);
    x0 = i32x4.add(x0, x1);
    x1 = v128.xor(rotate(x1, 24), x0);
    x0 = i32x4.add(x0, k2);
    x1 = i32x4.add(x1, i32x4.add(k0, i32x4.splat(group + 1)));
    const first = k0;
    k0 = k2;
    k2 = k1;
    k1 = first;
  }
  v128.store(to, v128.shuffle<i32>(x0, x1, 0, 4, 1, 5));
  v128.store(to, v128.shuffle<i32>(x0, x1, 2, 6, 3, 7), 16);
}

// @ts-ignore: decorator
@inline
function rotate(x: v128, bits: i32): v128 {
  return v128.or(i32x4.shl(x, bits), i32x4.shr_u(x, 32 - bits));
}
