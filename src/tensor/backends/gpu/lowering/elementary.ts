import type { PrimitiveName } from '../../../ops/index.js';
import type { KernelBuilder } from '../source/kernelBuilder.js';

type Elementary = (kernel: KernelBuilder, x: string) => string;

/**
 * Functions of one number. Where a shading language's own is too coarse or overflows, a series takes over; and of what
 * becomes of NaN, of infinities and of numbers outside a domain none of them says anything.
 */
export const elementary = {
  exp: (kernel, x) => keepNaN(kernel, x, kernel.let(`Math.exp(${x})`)),
  log: (kernel, x) => logarithm(kernel, x),
  log1p,
  sqrt: (kernel, x) => kernel.let(`Math.sqrt(${x})`),
  tanh,
  sigmoid,
  erf,
} satisfies { readonly [K in PrimitiveName]?: Elementary };

/** As a condition. `x !== x` would be false in WGSL, whose comparisons are all false for NaN. */
export function isNotANumber(x: string): string {
  return `!(${x} === ${x})`;
}

function keepNaN(kernel: KernelBuilder, x: string, y: string): string {
  kernel.line(`if (${isNotANumber(x)}) { ${y} = ${x}; }`);
  return y;
}

function logarithm(kernel: KernelBuilder, x: string): string {
  const y = kernel.let(`Math.log(${x})`);
  const infinity = kernel.number(Number.POSITIVE_INFINITY);
  kernel.line(`if (${x} === ${infinity}) { ${y} = ${x}; }`);
  kernel.line(`if (${x} === 0) { ${y} = -${infinity}; }`);
  kernel.line(`if (!(${x} >= 0)) { ${y} = ${kernel.number(Number.NaN)}; }`);
  return y;
}

/** `log(1 + x)`; near 0 by `2 atanh(x / (2 + x))`. */
function log1p(kernel: KernelBuilder, x: string): string {
  const y = logarithm(kernel, kernel.let(`1 + ${x}`));
  kernel.block(`if (${x} < 0.25 && ${x} > (-0.2))`, () => {
    const s = kernel.let(`${x} / (2 + ${x})`);
    const z = kernel.let(`${s} * ${s}`);
    const series = horner(z, [1 / 11, 1 / 9, 1 / 7, 1 / 5, 1 / 3, 1]);
    kernel.line(`${y} = 2 * ${s} * ${series};`);
  });
  return y;
}

/** `(1 - e) / (1 + e)` with `e = exp(-2 |x|)`, which never overflows; near 0, where that cancels, by its series. */
function tanh(kernel: KernelBuilder, x: string): string {
  const e = kernel.let(`Math.exp(-2 * Math.abs(${x}))`);
  const y = kernel.let(`(1 - ${e}) / (1 + ${e})`);
  kernel.line(`if (${x} < 0) { ${y} = -${y}; }`);
  kernel.block(`if (Math.abs(${x}) < 0.3)`, () => {
    const z = kernel.let(`${x} * ${x}`);
    kernel.line(`${y} = ${x} * ${horner(z, [62 / 2835, -17 / 315, 2 / 15, -1 / 3, 1])};`);
  });
  return keepNaN(kernel, x, y);
}

/** `1 / (1 + exp(-x))`, written so that the exponential never overflows. */
function sigmoid(kernel: KernelBuilder, x: string): string {
  const decay = kernel.let(`Math.exp(-Math.abs(${x}))`);
  const y = kernel.let(`1 / (1 + ${decay})`);
  kernel.line(`if (${x} < 0) { ${y} = ${decay} / (1 + ${decay}); }`);
  return keepNaN(kernel, x, y);
}

/**
 * The error function to about 1e-7: for `|x| < 0.5` by its series, elsewhere by formula 7.1.26 of Abramowitz and Stegun,
 * "Handbook of Mathematical Functions" (1964).
 */
function erf(kernel: KernelBuilder, x: string): string {
  const size = kernel.let(`Math.abs(${x})`);
  const t = kernel.let(`1 / (1 + 0.3275911 * ${size})`);
  const polynomial = horner(t, [1.061405429, -1.453152027, 1.421413741, -0.284496736, 0.254829592, 0]);
  // Where exp(-x^2) has vanished the square may have overflowed.
  const y = kernel.let(`1 - ${polynomial} * Math.exp(-${size} * ${size})`);
  kernel.line(`if (${size} > 5) { ${y} = 1; }`);
  kernel.line(`if (${x} < 0) { ${y} = -${y}; }`);
  kernel.block(`if (${size} < 0.5)`, () => {
    const z = kernel.let(`${x} * ${x}`);
    const series = [1 / 9360, -1 / 1320, 1 / 216, -1 / 42, 1 / 10, -1 / 3, 1].map(
      (term) => term * (2 / Math.sqrt(Math.PI)),
    );
    kernel.line(`${y} = ${x} * ${horner(z, series)};`);
  });
  return keepNaN(kernel, x, y);
}

/** A polynomial with coefficients from the highest power down. */
function horner(x: string, coefficients: readonly number[]): string {
  return coefficients
    .map((coefficient) => (coefficient < 0 ? `(-${-coefficient})` : String(coefficient)))
    .reduce((sum, coefficient) => `(${sum} * ${x} + ${coefficient})`);
}
