import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { less } from '../less.js';
import { lessEqual } from '../lessEqual.js';
import { mul } from '../mul.js';
import { where } from '../where.js';
import { square } from './square.js';

/** 0 up to -1, `(x + 1)^2 / 4` between -1 and 1, `x` from 1 on. */
export function sparsePlus(x: Tensor): Tensor {
  return where(lessEqual(x, -1), 0, where(less(x, 1), mul(square(add(x, 1)), 0.25), x));
}
