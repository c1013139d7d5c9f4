import { add, greater, mul, neg, type Tensor, where } from '../../tensor/index.js';
import { aroundMiddle, type Projection } from './affine.js';
import type { PictureShape } from './change.js';
import type { Range } from './options.js';
import type { RandomNumbers } from './randomNumbers.js';
import { turn } from './turn.js';

// What is drawn for whole batches of pictures, one number of each kind for a picture. RandAugment draws them too.

/** Turns about the middle, in full turns. */
export function rotation(shape: PictureShape, random: RandomNumbers, [low, high]: Range): Projection {
  const { cos, sin } = turn(random.uniform(['batch'], low, high));
  return aroundMiddle(shape, [cos, neg(sin)], [sin, cos]);
}

/** Shifts by parts of height and width. */
export function translation(
  [, height, width]: PictureShape,
  random: RandomNumbers,
  rows: Range,
  columns: Range,
): Projection {
  const shift = ([low, high]: Range, size: number): Tensor => neg(mul(random.uniform(['batch'], low, high), size));
  const down = shift(rows, height);
  const right = shift(columns, width);
  const none = mul(down, 0);
  const one = add(none, 1);
  return { a: [one, none, right], b: [none, one, down] };
}

/** Slants by columns for each row and by rows for each column, of either sign. */
export function shear(random: RandomNumbers, x: Range, y: Range): Projection {
  const invert = random.uniform(['batch']);
  const along = (factor: Tensor): Tensor => where(greater(invert, 0.5), neg(factor), factor);
  const rows = along(random.uniform(['batch'], ...y));
  const columns = along(random.uniform(['batch'], ...x));
  const none = mul(rows, 0);
  const unit = add(none, 1);
  return { a: [unit, columns, none], b: [rows, unit, none] };
}
