/** GPU.js appends a fraction to whole numbers as JavaScript prints them, which must not have an exponent then. */
const largestWritten = 1e20;

/** A number as kernels may write it; `null` if shading languages have no word for it. */
export function literal(value: number): string | null {
  if (!Number.isFinite(value) || Math.abs(value) > largestWritten || Object.is(value, -0)) return null;
  return value < 0 ? `(-${-value})` : String(value);
}
