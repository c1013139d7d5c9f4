import { unary } from './unary.js';

// W. J. Cody, "Rational Chebyshev approximation for the error function", Mathematics of Computation 23 (1969).
// Coefficients of the numerators and denominators, from the highest power down.

/** `erf(x) / x` as a function of `x^2`, for `|x| <= 0.46875`. */
const innerNumerator = [
  0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694,
] as const;
const innerDenominator = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171] as const;

/** `erfc(x) exp(x^2)` for `0.46875 <= x <= 4`. */
const outerNumerator = [
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769,
  1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
] as const;
const outerDenominator = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
] as const;

function polynomial(coefficients: readonly number[], x: number): number {
  let sum = 0;
  for (let i = 0; i < coefficients.length; i++) sum = sum * x + (coefficients[i] as number);
  return sum;
}

/** `erfc(x) exp(x^2) sqrt(pi) = 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + ...))))`, to 10 digits for `x >= 4`. */
function continuedFraction(x: number): number {
  let tail = x;
  for (let k = 12; k > 0; k--) tail = x + k / 2 / tail;
  return 1 / tail;
}

/** The error function, `2 / sqrt(pi)` times the integral of `exp(-t^2)` from 0 to `x`, to about 1e-16. */
export function errorFunction(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.46875) return (x * polynomial(innerNumerator, x * x)) / polynomial(innerDenominator, x * x);
  if (size >= 6) return Math.sign(x); // erfc(6) = 2e-17
  const scaled =
    size <= 4
      ? polynomial(outerNumerator, size) / polynomial(outerDenominator, size)
      : continuedFraction(size) / Math.sqrt(Math.PI);
  return Math.sign(x) * (1 - Math.exp(-x * x) * scaled);
}

export const erf = unary((y, x, size) => {
  for (let i = 0; i < size; i++) y[i] = errorFunction(x[i] as number);
});
