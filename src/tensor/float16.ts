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

/** Single-precision numbers as the nearest half-precision ones, even ones at ties; what is too large becomes infinite. */
export function toFloat16(values: Float32Array): Uint16Array {
  return Uint16Array.from(values, encode);
}

function encode(value: number): number {
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const size = Math.abs(value);
  if (Number.isNaN(value)) return 0x7e00;
  // Half of the last step beyond the largest number, 65504.
  if (size >= 65_520) return sign | 0x7c00;
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  // Steps are 2^(exponent - 10) wide; carrying into the next exponent is what adding to the bits does.
  const steps = roundHalfEven(size * 2 ** (10 - exponent));
  return sign | (steps + (exponent === -14 ? 0 : (exponent + 14) * 1024));
}

function roundHalfEven(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  return rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
}
