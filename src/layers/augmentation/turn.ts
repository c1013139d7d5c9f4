import {
  add,
  cast,
  equal,
  greaterEqual,
  logicalOr,
  mul,
  neg,
  square,
  sub,
  type Tensor,
  where,
} from '../../tensor/index.js';

/** Sum of `coefficients[i] * x^i`. */
function polynomial(x: Tensor, coefficients: readonly number[]): Tensor {
  return coefficients.reduceRight((sum, coefficient) => add(mul(sum, x), coefficient), mul(x, 0));
}

// Taylor's series up to an eighth of a turn, where what is left out is below 1e-12: coefficients of (angle / turn)^2.
const series = (first: 0 | 1): readonly number[] => {
  const coefficients: number[] = [];
  let term = first === 0 ? 1 : 2 * Math.PI;
  for (let n = first; coefficients.length < 8; n += 2) {
    coefficients.push(term);
    term *= -((2 * Math.PI) ** 2) / ((n + 1) * (n + 2));
  }
  return coefficients;
};
const cosine = series(0);
const sine = series(1);

/** Cosine and sine of angles in full turns, from -1 to 1; those of quarter turns are exact. */
export function turn(turns: Tensor): { readonly cos: Tensor; readonly sin: Tensor } {
  const quarters = add(mul(turns, 4), 4.5);
  const quarter = cast(quarters, 'int32');
  const rest = sub(turns, sub(mul(cast(quarter, turns.dtype), 0.25), 1));
  const x = square(rest);
  const [c, s] = [polynomial(x, cosine), mul(rest, polynomial(x, sine))];
  // From 0 to 8, of which the remainder by 4 counts.
  const once = where(greaterEqual(quarter, 4), sub(quarter, 4), quarter);
  const within = where(greaterEqual(once, 4), sub(once, 4), once);
  const is = (...some: readonly [number, number]): Tensor => logicalOr(equal(within, some[0]), equal(within, some[1]));
  const [longer, shorter] = [where(is(1, 3), s, c), where(is(1, 3), c, s)];
  return { cos: where(is(1, 2), neg(longer), longer), sin: where(is(2, 3), neg(shorter), shorter) };
}
