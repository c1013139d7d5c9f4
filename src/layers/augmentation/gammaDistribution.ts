import {
  add,
  div,
  exp,
  gather,
  greater,
  less,
  log,
  logicalAnd,
  maximum,
  mul,
  sigmoid,
  softmax,
  sqrt,
  square,
  sub,
  type Tensor,
  tensor,
  where,
} from '../../tensor/index.js';
import type { NumbersShape, RandomNumbers } from './randomNumbers.js';

/** More than 19 of 20 tries succeed; a plan has no loops, so it tries this often and takes the first success. */
const tries = 10;

/** Smallest number whose logarithm is taken: below every uniform number but 0. */
const tiny = 2 ** -26;

/** Shares from the Dirichlet distribution with all parameters `alpha`: gamma-distributed numbers, divided by their sum. */
export function sampleDirichlet(random: RandomNumbers, count: number, alpha: number): Tensor {
  return softmax(logGamma(random, [count], alpha));
}

/** Numbers from the beta distribution with both parameters `alpha`: `a / (a + b)` for `a` and `b` gamma-distributed. */
export function sampleBeta(random: RandomNumbers, shape: NumbersShape, alpha: number | Tensor): Tensor {
  return sigmoid(sub(logGamma(random, shape, alpha), logGamma(random, shape, alpha)));
}

/**
 * Logarithms of gamma-distributed numbers, which for small `alpha` do not vanish as the numbers themselves would.
 * With `d = alpha + 2/3` and `c = 1 / sqrt(9 d)`, `d (1 + c x)^3` for a normal `x` is accepted if
 * `log u < x^2 / 2 + d - d v + d log v`; the result is for `alpha + 1`, and `u^(1 / alpha)` times it is for `alpha`
 * (Marsaglia and Tsang, "A simple method for generating gamma variables", 2000).
 */
function logGamma(random: RandomNumbers, shape: NumbersShape, given: number | Tensor): Tensor {
  const normal = random.normal([...shape, tries]);
  const alpha = typeof given === 'number' ? tensor(given, { dtype: normal.dtype }) : given;
  const d = add(alpha, 2 / 3);
  const root = add(div(normal, sqrt(mul(d, 9))), 1);
  const logV = mul(log(maximum(root, tiny)), 3);
  const v = exp(logV);
  const bound = add(mul(square(normal), 0.5), mul(d, add(sub(1, v), logV)));
  const accepted = logicalAnd(greater(root, 0), less(log(maximum(random.uniform([...shape, tries]), tiny)), bound));
  const attempt = (x: Tensor, i: number): Tensor => gather(x, tensor(Int32Array.of(i), { shape: [] }), x.rank - 1);
  let found = attempt(logV, tries - 1);
  for (let i = tries - 2; i >= 0; i--) found = where(attempt(accepted, i), attempt(logV, i), found);
  const boost = div(log(maximum(random.uniform(shape), tiny)), alpha);
  return add(add(log(d), found), boost);
}
