/**
 * Counter-based random numbers: element `index` of draw `step` from `stream` under `seed` is a pure function of the
 * four, so it does not depend on threads, order or backend. The function is Threefry-2x32 with 20 rounds (Salmon et
 * al., "Parallel random numbers: as easy as 1, 2, 3", 2011); it needs only 32-bit adds, rotations and xor.
 */
const rotations = [13, 15, 26, 6, 17, 29, 16, 24] as const;
const parity = 0x1bd11bda;

/** Fills `out[0..1]` with two 32-bit words for counter `(c0, c1)` under key `(k0, k1)`. */
export function threefry(k0: number, k1: number, c0: number, c1: number, out: Uint32Array): void {
  const keys = [k0 | 0, k1 | 0, (k0 ^ k1 ^ parity) | 0] as const;
  let x0 = (c0 + keys[0]) | 0;
  let x1 = (c1 + keys[1]) | 0;
  for (let group = 0; group < 5; group++) {
    const first = (group & 1) * 4;
    for (let round = first; round < first + 4; round++) {
      const bits = rotations[round] as number;
      x0 = (x0 + x1) | 0;
      x1 = ((x1 << bits) | (x1 >>> (32 - bits))) ^ x0;
    }
    x0 = (x0 + (keys[(group + 1) % 3] as number)) | 0;
    x1 = (x1 + (keys[(group + 2) % 3] as number) + group + 1) | 0;
  }
  out[0] = x0;
  out[1] = x1;
}

/** One number in `[0, 1)` with 24 random bits, so that it is exact in float32, from 32 random bits. */
export function unitInterval(bits: number): number {
  return (bits >>> 8) * 2 ** -24;
}

/**
 * Fills `out` with numbers uniform in `[0, 1)`. Elements `2i` and `2i + 1` are the two words of counter `(i, step)`
 * under key `(seed, stream)`.
 */
export function fillUniform(out: Float32Array | Float64Array, seed: number, stream: number, step: number): void {
  const words = new Uint32Array(2);
  for (let i = 0; i < out.length; i += 2) {
    threefry(seed, stream, i >>> 1, step, words);
    out[i] = unitInterval(words[0] as number);
    if (i + 1 < out.length) out[i + 1] = unitInterval(words[1] as number);
  }
}

/**
 * Fills `out` with standard normal numbers by Box and Muller's transform of the same counters:
 * `sqrt(-2 log(1 - u)) (cos, sin)(2 pi v)`.
 */
export function fillNormal(out: Float32Array | Float64Array, seed: number, stream: number, step: number): void {
  const words = new Uint32Array(2);
  for (let i = 0; i < out.length; i += 2) {
    threefry(seed, stream, i >>> 1, step, words);
    const radius = Math.sqrt(-2 * Math.log(1 - unitInterval(words[0] as number)));
    const angle = 2 * Math.PI * unitInterval(words[1] as number);
    out[i] = radius * Math.cos(angle);
    if (i + 1 < out.length) out[i + 1] = radius * Math.sin(angle);
  }
}

/** A stable 32-bit number for a name, so that a stream can be called by one (FNV-1a). */
export function hashName(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

/**
 * The numbers `0 … size - 1` in an order fixed by the arguments (Fisher and Yates's shuffle).
 */
export function permutation(size: number, seed: number, stream: number, step: number): Int32Array {
  const order = Int32Array.from({ length: size }, (_, i) => i);
  const words = new Uint32Array(2);
  for (let i = size - 1; i > 0; i--) {
    threefry(seed, stream, i, step, words);
    // 53 random bits: the bias of the product is below 2^-24 for any size a tensor may have.
    const unit = ((words[0] as number) * 2 ** 21 + ((words[1] as number) >>> 11)) * 2 ** -53;
    const j = Math.floor(unit * (i + 1));
    const kept = order[i] as number;
    order[i] = order[j] as number;
    order[j] = kept;
  }
  return order;
}
