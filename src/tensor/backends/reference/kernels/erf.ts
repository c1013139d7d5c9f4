import { unary } from './unary.js';

// W. J. Cody, "Rational Chebyshev approximation for the error function", Mathematics of Computation 23 (1969).
// Coefficients of the numerators and denominators, from the highest power down.

/** `erf(x) / x` as a function of `x^2`, for `|x| <= 0.46875`. */
const innerNumerator = [
  1.85777706184603153e-1, 3.1611237438705656, 1.13864154151050156e2, 3.77485237685302021e2, 3.20937758913846947e3,
] as const;
const innerDenominator = [
  1, 2.36012909523441209e1, 2.44024637934444173e2, 1.28261652607737228e3, 2.84423683343917062e3,
] as const;

/** `erfc(x) exp(x^2)` for `0.46875 <= x <= 4`. */
const outerNumerator = [
  2.15311535474403846e-8, 5.64188496988670089e-1, 8.88314979438837594, 6.61191906371416295e1, 2.98635138197400131e2,
  8.8195222124176909e2, 1.71204761263407058e3, 2.05107837782607147e3, 1.23033935479799725e3,
] as const;
const outerDenominator = [
  1, 1.57449261107098347e1, 1.17693950891312499e2, 5.37181101862009858e2, 1.62138957456669019e3, 3.29079923573345963e3,
  4.36261909014324716e3, 3.43936767414372164e3, 1.23033935480374942e3,
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
