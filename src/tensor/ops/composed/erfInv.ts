import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { less } from '../less.js';
import { log1p } from '../log1p.js';
import { mul } from '../mul.js';
import { neg } from '../neg.js';
import { sqrt } from '../sqrt.js';
import { sub } from '../sub.js';
import { where } from '../where.js';

const central = [
  2.81022636e-8, 3.43273939e-7, -3.5233877e-6, -4.39150654e-6, 0.00021858087, -0.00125372503, -0.00417768164,
  0.246640727, 1.50140941,
];
const tail = [
  -0.000200214257, 0.000100950558, 0.00134934322, -0.00367342844, 0.00573950773, -0.0076224613, 0.00943887047,
  1.00167406, 2.83297682,
];

/** Horner's scheme, highest power first. */
function polynomial(x: Tensor, coefficients: readonly number[]): Tensor {
  const [first, ...rest] = coefficients as [number, ...number[]];
  return rest.slice(1).reduce((total, next) => add(mul(total, x), next), add(mul(x, first), rest[0] as number));
}

/** Inverse of the error function on `(-1, 1)`, to single precision (Giles, "Approximating the erfinv function", 2010). */
export function erfInv(x: Tensor): Tensor {
  const w = neg(log1p(neg(mul(x, x))));
  const isCentral = less(w, 5);
  const near = polynomial(sub(w, 2.5), central);
  const far = polynomial(sub(sqrt(where(isCentral, 5, w)), 3), tail);
  return mul(x, where(isCentral, near, far));
}
