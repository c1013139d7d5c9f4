import type { TypedArray } from '../../../dtype.js';
import type { Taps } from './windows.js';

/**
 * `totals[c] = sum over taps of x[pixel, c] * w[position, c]`, for all `channels`. Three taps at a time, which saves
 * two of three visits to `totals`.
 */
export function sumTaps(totals: Float64Array, x: TypedArray, w: TypedArray, taps: Taps, channels: number): void {
  const { count, pixels, positions } = taps;
  totals.fill(0);
  let t = 0;
  for (; t + 3 <= count; t += 3) {
    const p0 = (pixels[t] as number) * channels;
    const p1 = (pixels[t + 1] as number) * channels;
    const p2 = (pixels[t + 2] as number) * channels;
    const q0 = (positions[t] as number) * channels;
    const q1 = (positions[t + 1] as number) * channels;
    const q2 = (positions[t + 2] as number) * channels;
    for (let c = 0; c < channels; c++) {
      totals[c] =
        (totals[c] as number) +
        (x[p0 + c] as number) * (w[q0 + c] as number) +
        (x[p1 + c] as number) * (w[q1 + c] as number) +
        (x[p2 + c] as number) * (w[q2 + c] as number);
    }
  }
  for (; t < count; t++) {
    const p = (pixels[t] as number) * channels;
    const q = (positions[t] as number) * channels;
    for (let c = 0; c < channels; c++) totals[c] = (totals[c] as number) + (x[p + c] as number) * (w[q + c] as number);
  }
}

/** The same where `w` has `multiplier` numbers for each channel of `x`, and `totals` has as many. */
export function sumTapsMultiplied(
  totals: Float64Array,
  x: TypedArray,
  w: TypedArray,
  { count, pixels, positions }: Taps,
  channels: number,
  multiplier: number,
): void {
  totals.fill(0);
  for (let t = 0; t < count; t++) {
    const p = (pixels[t] as number) * channels;
    const q = (positions[t] as number) * channels * multiplier;
    for (let c = 0, i = 0; c < channels; c++) {
      const value = x[p + c] as number;
      for (let m = 0; m < multiplier; m++, i++) totals[i] = (totals[i] as number) + value * (w[q + i] as number);
    }
  }
}

/** `dw[position, c, m] += x[pixel, c] * dy[from + c * multiplier + m]` for every tap of one window. */
export function addTapProducts(
  dw: Float64Array,
  x: TypedArray,
  dy: TypedArray,
  from: number,
  { count, pixels, positions }: Taps,
  channels: number,
  multiplier: number,
): void {
  for (let t = 0; t < count; t++) {
    const p = (pixels[t] as number) * channels;
    const q = (positions[t] as number) * channels * multiplier;
    if (multiplier === 1) {
      for (let c = 0; c < channels; c++) {
        dw[q + c] = (dw[q + c] as number) + (x[p + c] as number) * (dy[from + c] as number);
      }
    } else {
      for (let c = 0, i = 0; c < channels; c++) {
        const value = x[p + c] as number;
        for (let m = 0; m < multiplier; m++, i++) dw[q + i] = (dw[q + i] as number) + value * (dy[from + i] as number);
      }
    }
  }
}
