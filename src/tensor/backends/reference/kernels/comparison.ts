import { binary } from './binary.js';

// Results are bytes, 0 or 1. Every comparison with NaN is false, except notEqual.

export const equal = binary((y, start, end, a, p, pStep, b, q, qStep) => {
  for (let i = start; i < end; i++, p += pStep, q += qStep) y[i] = (a[p] as number) === (b[q] as number) ? 1 : 0;
});

export const notEqual = binary((y, start, end, a, p, pStep, b, q, qStep) => {
  for (let i = start; i < end; i++, p += pStep, q += qStep) y[i] = (a[p] as number) !== (b[q] as number) ? 1 : 0;
});

export const less = binary((y, start, end, a, p, pStep, b, q, qStep) => {
  for (let i = start; i < end; i++, p += pStep, q += qStep) y[i] = (a[p] as number) < (b[q] as number) ? 1 : 0;
});

export const lessEqual = binary((y, start, end, a, p, pStep, b, q, qStep) => {
  for (let i = start; i < end; i++, p += pStep, q += qStep) y[i] = (a[p] as number) <= (b[q] as number) ? 1 : 0;
});

export const greater = binary((y, start, end, a, p, pStep, b, q, qStep) => {
  for (let i = start; i < end; i++, p += pStep, q += qStep) y[i] = (a[p] as number) > (b[q] as number) ? 1 : 0;
});

export const greaterEqual = binary((y, start, end, a, p, pStep, b, q, qStep) => {
  for (let i = start; i < end; i++, p += pStep, q += qStep) y[i] = (a[p] as number) >= (b[q] as number) ? 1 : 0;
});
