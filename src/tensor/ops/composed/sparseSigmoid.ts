import type { Tensor } from '../../tensor.js';
import { add } from '../add.js';
import { greaterEqual } from '../greaterEqual.js';
import { lessEqual } from '../lessEqual.js';
import { mul } from '../mul.js';
import { where } from '../where.js';

/** 0 up to -1, `(x + 1) / 2` between -1 and 1, 1 from 1 on: the slope of `sparsePlus`. */
export function sparseSigmoid(x: Tensor): Tensor {
  return where(lessEqual(x, -1), 0, where(greaterEqual(x, 1), 1, mul(add(x, 1), 0.5)));
}
