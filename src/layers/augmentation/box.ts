import { add, greaterEqual, less, logicalAnd, mul, reshape, sub, type Tensor } from '../../tensor/index.js';
import { places } from './affine.js';
import type { PictureShape } from './change.js';
import type { RandomNumbers } from './randomNumbers.js';

/** A part of each picture. */
export interface Boxes {
  /** Where it is. Shape: `[batch, height, width, 1]`, bool. */
  readonly inside: Tensor;
  /** How much of the picture's area it has. Shape: `[batch]`. */
  readonly area: Tensor;
}

/** Boxes anywhere in pictures, with these parts of their width and height. Shape: `[batch]` each. */
export function randomBoxes(shape: PictureShape, random: RandomNumbers, across: Tensor, down: Tensor): Boxes {
  const [batch, height, width] = shape;
  const span = (size: number, part: Tensor): readonly [Tensor, Tensor] => {
    const length = mul(part, size);
    const start = mul(random.uniform(['batch']), sub(size, length));
    return [start, add(start, length)];
  };
  const columns = span(width, across);
  const rows = span(height, down);
  const within = (place: Tensor, [start, end]: readonly [Tensor, Tensor]): Tensor => {
    const perPicture = (t: Tensor): Tensor => reshape(t, [batch, 1, 1, 1]);
    return logicalAnd(greaterEqual(place, perPicture(start)), less(place, perPicture(end)));
  };
  const { dtype } = across;
  return {
    inside: logicalAnd(
      within(places(width, [1, 1, width, 1], dtype), columns),
      within(places(height, [1, height, 1, 1], dtype), rows),
    ),
    area: mul(sub(columns[1], columns[0]), mul(sub(rows[1], rows[0]), 1 / (width * height))),
  };
}
