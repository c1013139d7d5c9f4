import { add, mul, square, sub, type Tensor, zeros } from '../../tensor/index.js';

// sin(pi t) / t = sum over n of (-1)^n pi^(2n + 1) / (2n + 1)! t^2n; for |t| <= 1/2 the first term left out is below 1e-11.
const terms = 8;
const coefficients = Array.from({ length: terms }, (_, n) => {
  let coefficient = Math.PI;
  for (let k = 1; k <= n; k++) coefficient *= -(Math.PI ** 2) / (2 * k * (2 * k + 1));
  return coefficient;
});

/** `cos(pi x)` for `0 <= x <= 1`, from the series of the sine around `x = 1/2`. */
export function cosPi(x: Tensor): Tensor {
  const t = sub(0.5, x);
  const squared = square(t);
  // Horner's scheme, highest power first.
  const series = coefficients.reduceRight(
    (total, coefficient) => add(mul(total, squared), coefficient),
    zeros(x.shape, x.dtype),
  );
  return mul(t, series);
}
