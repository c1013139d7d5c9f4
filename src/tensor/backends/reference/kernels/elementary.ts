import { unary } from './unary.js';

export const neg = unary((y, x, size) => {
  for (let i = 0; i < size; i++) y[i] = -(x[i] as number);
});

export const abs = unary((y, x, size) => {
  for (let i = 0; i < size; i++) y[i] = Math.abs(x[i] as number);
});

export const exp = unary((y, x, size) => {
  for (let i = 0; i < size; i++) y[i] = Math.exp(x[i] as number);
});

export const log = unary((y, x, size) => {
  for (let i = 0; i < size; i++) y[i] = Math.log(x[i] as number);
});

export const log1p = unary((y, x, size) => {
  for (let i = 0; i < size; i++) y[i] = Math.log1p(x[i] as number);
});

export const sqrt = unary((y, x, size) => {
  for (let i = 0; i < size; i++) y[i] = Math.sqrt(x[i] as number);
});

export const tanh = unary((y, x, size) => {
  for (let i = 0; i < size; i++) y[i] = Math.tanh(x[i] as number);
});

/** `1 / (1 + exp(-x))`, written so that the exponential never overflows. */
export const sigmoid = unary((y, x, size) => {
  for (let i = 0; i < size; i++) {
    const value = x[i] as number;
    const decay = Math.exp(-Math.abs(value));
    y[i] = (value >= 0 ? 1 : decay) / (1 + decay);
  }
});
