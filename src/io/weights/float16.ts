/**
 * Half-precision numbers as single-precision ones, exactly: `(-1)^s * 2^(e - 15) * (1 + f / 1024)`, and without the 1 and
 * with `e = 1` where the exponent's bits are 0.
 */
export function fromFloat16(bits: Uint16Array): Float32Array {
  return Float32Array.from(bits, decode);
}

function decode(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (1 + fraction / 1024) * 2 ** (exponent - 15));
}

/** bfloat16 numbers as single-precision ones, exactly: they are the upper half of one. */
export function fromBfloat16(bits: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(bits, (half) => half << 16).buffer);
}
