// Loops over a tile. `F` is a class without fields whose `apply` is inlined into the loop. A tile is always computed in
// whole steps of 32 bytes: registers have room for that, and a result that ends in between goes through a register.

/** `to[i] = f(a[i])` */
export function unary<F>(to: usize, a: usize, bytes: usize): void {
  const f = changetype<F>(0);
  const end = to + bytes;
  while (to < end) {
    v128.store(to, f.apply(v128.load(a)));
    v128.store(to, f.apply(v128.load(a, 16)), 16);
    to += 32;
    a += 32;
  }
}

/** `to[i] = f(a[i], b[i])` */
export function binary<F>(to: usize, a: usize, b: usize, bytes: usize): void {
  const f = changetype<F>(0);
  const end = to + bytes;
  while (to < end) {
    v128.store(to, f.apply(v128.load(a), v128.load(b)));
    v128.store(to, f.apply(v128.load(a, 16), v128.load(b, 16)), 16);
    to += 32;
    a += 32;
    b += 32;
  }
}

/** `to[i] = f(a[i], b[i], c[i])` */
export function ternary<F>(to: usize, a: usize, b: usize, c: usize, bytes: usize): void {
  const f = changetype<F>(0);
  const end = to + bytes;
  while (to < end) {
    v128.store(to, f.apply(v128.load(a), v128.load(b), v128.load(c)));
    v128.store(to, f.apply(v128.load(a, 16), v128.load(b, 16), v128.load(c, 16)), 16);
    to += 32;
    a += 32;
    b += 32;
    c += 32;
  }
}

/** `unary` for what SIMD has no instruction for: `f` maps one `L` to another. */
export function unaryLanes<F, L>(to: usize, a: usize, bytes: usize): void {
  const f = changetype<F>(0);
  for (let at: usize = 0; at < bytes; at += sizeof<L>()) store<L>(to + at, f.apply(load<L>(a + at)));
}

/** `binary` for what SIMD has no instruction for. */
export function binaryLanes<F, L>(to: usize, a: usize, b: usize, bytes: usize): void {
  const f = changetype<F>(0);
  for (let at: usize = 0; at < bytes; at += sizeof<L>()) {
    store<L>(to + at, f.apply(load<L>(a + at), load<L>(b + at)));
  }
}
