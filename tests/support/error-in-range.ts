/** Largest difference, in units of the distance between the largest and the smallest expected number. */
export function errorInRange(actual: Float32Array, expected: Float32Array): number {
  if (actual.length !== expected.length) return Number.NaN;
  let [low, high, difference] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0];
  for (const [i, value] of expected.entries()) {
    [low, high] = [Math.min(low, value), Math.max(high, value)];
    difference = Math.max(difference, Math.abs((actual[i] as number) - value));
  }
  return difference / (high - low);
}
