import { binary } from './binary.js';
import { unary } from './unary.js';

export const logicalAnd = binary((y, start, end, a, p, pStep, b, q, qStep) => {
  for (let i = start; i < end; i++, p += pStep, q += qStep) y[i] = a[p] !== 0 && b[q] !== 0 ? 1 : 0;
});

export const logicalOr = binary((y, start, end, a, p, pStep, b, q, qStep) => {
  for (let i = start; i < end; i++, p += pStep, q += qStep) y[i] = a[p] !== 0 || b[q] !== 0 ? 1 : 0;
});

export const logicalNot = unary((y, x, size) => {
  for (let i = 0; i < size; i++) y[i] = x[i] === 0 ? 1 : 0;
});
