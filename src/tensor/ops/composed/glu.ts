import { ArgumentError } from '../../errors.js';
import { checkAxis } from '../../shape.js';
import type { Tensor } from '../../tensor.js';
import { mul } from '../mul.js';
import { sigmoid } from '../sigmoid.js';
import { slice } from '../slice.js';

/**
 * Gated linear unit (Dauphin et al., 2017): the first half along `axis`, times the sigmoid of the second.
 * Shape: `[..., 2 n] -> [..., n]`.
 * @throws {ArgumentError} if there is no half. @throws {AxisError}
 */
export function glu(x: Tensor, axis = -1): Tensor {
  const along = checkAxis('glu', axis, x.rank);
  const size = x.shape[along] as number;
  if (size % 2 !== 0) {
    throw new ArgumentError({
      operation: 'glu',
      expected: 'an even size along the axis',
      received: `${size}`,
      remedy: 'One half of the numbers are gates of the other.',
    });
  }
  const half = x.shape.map((n, i) => (i === along ? n / 2 : n));
  const gates = slice(
    x,
    half.map((n, i) => (i === along ? n : 0)),
    half,
  );
  return mul(
    slice(
      x,
      half.map(() => 0),
      half,
    ),
    sigmoid(gates),
  );
}
