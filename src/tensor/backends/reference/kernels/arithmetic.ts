import { binary } from './binary.js';

// Storing into an integer array truncates towards zero and keeps the low bits; NaN and infinities become 0. That is
// all that integer addition, subtraction and division (also by 0) need.

export const add = binary((y, start, end, a, p, pStep, b, q, qStep) => {
  for (let i = start; i < end; i++, p += pStep, q += qStep) y[i] = (a[p] as number) + (b[q] as number);
});

export const sub = binary((y, start, end, a, p, pStep, b, q, qStep) => {
  for (let i = start; i < end; i++, p += pStep, q += qStep) y[i] = (a[p] as number) - (b[q] as number);
});

export const mul = binary((y, start, end, a, p, pStep, b, q, qStep) => {
  if (y instanceof Int32Array) {
    // The low bits of a product above 2^53 are lost in a double.
    for (let i = start; i < end; i++, p += pStep, q += qStep) y[i] = Math.imul(a[p] as number, b[q] as number);
    return;
  }
  for (let i = start; i < end; i++, p += pStep, q += qStep) y[i] = (a[p] as number) * (b[q] as number);
});

export const div = binary((y, start, end, a, p, pStep, b, q, qStep) => {
  for (let i = start; i < end; i++, p += pStep, q += qStep) y[i] = (a[p] as number) / (b[q] as number);
});

export const pow = binary((y, start, end, a, p, pStep, b, q, qStep) => {
  for (let i = start; i < end; i++, p += pStep, q += qStep) y[i] = (a[p] as number) ** (b[q] as number);
});

/** NaN if either operand is: a comparison with NaN is false, so the second operand wins unless the first is NaN. */
export const maximum = binary((y, start, end, a, p, pStep, b, q, qStep) => {
  for (let i = start; i < end; i++, p += pStep, q += qStep) {
    const left = a[p] as number;
    const right = b[q] as number;
    y[i] = left > right || Number.isNaN(left) ? left : right;
  }
});

/** NaN if either operand is. */
export const minimum = binary((y, start, end, a, p, pStep, b, q, qStep) => {
  for (let i = start; i < end; i++, p += pStep, q += qStep) {
    const left = a[p] as number;
    const right = b[q] as number;
    y[i] = left < right || Number.isNaN(left) ? left : right;
  }
});
