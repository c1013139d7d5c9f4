/**
 * Largest difference of two arrays relative to the largest expected number, or to `scale` if that is larger; the
 * difference itself where only zeros are expected. NaN if a number is missing or is no number.
 */
export function relativeError(actual: ArrayLike<number>, expected: ArrayLike<number>, scale = 0): number {
  if (actual.length !== expected.length) return Number.NaN;
  let [difference, largest] = [0, scale];
  for (let i = 0; i < expected.length; i++) {
    difference = Math.max(difference, Math.abs((actual[i] as number) - (expected[i] as number)));
    largest = Math.max(largest, Math.abs(expected[i] as number));
  }
  return largest === 0 ? difference : difference / largest;
}
