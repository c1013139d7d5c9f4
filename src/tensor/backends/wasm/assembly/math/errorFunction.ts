// W. J. Cody, "Rational Chebyshev approximation for the error function", Mathematics of Computation 23 (1969).
// Coefficients of the numerators and denominators, from the highest power down.

/** `erf(x) / x` as a function of `x^2`, for `|x| <= 0.46875`. */
const innerNumerator = memory.data<f64>([
  0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694,
]);
const innerDenominator = memory.data<f64>([
  1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171,
]);

/** `erfc(x) exp(x^2)` for `0.46875 <= x <= 4`. */
const outerNumerator = memory.data<f64>([
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769,
  1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
]);
const outerDenominator = memory.data<f64>([
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
]);

/** The error function to about 1e-16. */
export function errorFunction(x: f64): f64 {
  const size = abs(x);
  const square = x * x;
  if (size <= 0.46875) return (x * polynomial(innerNumerator, 5, square)) / polynomial(innerDenominator, 5, square);
  // erfc(6) = 2e-17
  if (size >= 6) return copysign(1.0, x);
  const scaled =
    size <= 4
      ? polynomial(outerNumerator, 9, size) / polynomial(outerDenominator, 9, size)
      : continuedFraction(size) / NativeMath.sqrt(NativeMath.PI);
  return copysign(1 - NativeMath.exp(-square) * scaled, x);
}

function polynomial(coefficients: usize, count: usize, x: f64): f64 {
  let sum: f64 = 0;
  for (let i: usize = 0; i < count; i++) sum = sum * x + load<f64>(coefficients + (i << 3));
  return sum;
}

/** `erfc(x) exp(x^2) sqrt(pi) = 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + ...))))`, to 10 digits for `x >= 4`. */
function continuedFraction(x: f64): f64 {
  let tail = x;
  for (let k: f64 = 12; k > 0; k--) tail = x + k / 2 / tail;
  return 1 / tail;
}
