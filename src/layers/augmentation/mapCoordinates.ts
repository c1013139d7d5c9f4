import { abs, add, cast, clip, less, mul, pad, reshape, sub, type Tensor, where } from '../../tensor/index.js';
import { type FillMode, fillModes, pick, type SampleOptions, whole } from './sample.js';

/** What is where pictures end; `'mirror'` repeats no pixel of the edge. */
export type MapFillMode = FillMode | 'mirror';
export const mapFillModes: readonly MapFillMode[] = [...fillModes, 'mirror'];

/** How pictures are looked at. */
export interface MapOptions extends Omit<SampleOptions, 'fillMode'> {
  readonly fillMode: MapFillMode;
}

/**
 * Pictures looked at where `column` and `row` say, as Keras's `map_coordinates` does it on TensorFlow: unlike in `sample`,
 * what is beyond an end is asked of whole pixels, and `'reflect'` repeats the pixel of the edge at the right and at the bottom
 * only. Gradients go to the pictures, not to the places.
 *
 * Shape: `[batch, height, width, channels]` and twice `[batch, height', width']` give `[batch, height', width', channels]`.
 */
export function mapCoordinates(pictures: Tensor, column: Tensor, row: Tensor, options: MapOptions): Tensor {
  const { interpolation, fillMode, fillValue } = options;
  const [, height, width] = pictures.shape as [number, number, number, number];
  const frame = [1, 1] as const;
  const source =
    fillMode === 'constant' ? pad(pictures, [[0, 0], frame, frame, [0, 0]], { value: fillValue }) : pictures;
  const at = (rows: Tensor, columns: Tensor): Tensor =>
    pick(source, inside(rows, height, fillMode), inside(columns, width, fillMode));
  if (interpolation === 'nearest') return at(floor(add(row, 0.5)), floor(add(column, 0.5)));
  const [top, left] = [floor(row), floor(column)];
  const [bottom, right] = [add(top, 1), add(left, 1)];
  const between = (a: Tensor, b: Tensor, part: Tensor): Tensor =>
    add(a, mul(sub(b, a), reshape(part, [...part.shape, 1])));
  const across = sub(column, left);
  return between(
    between(at(top, left), at(top, right), across),
    between(at(bottom, left), at(bottom, right), across),
    sub(row, top),
  );
}

/** Which pixel of an axis is meant by a whole number; for `'constant'`, of the same axis with one pixel more at either end. */
function inside(place: Tensor, size: number, fillMode: MapFillMode): Tensor {
  // Divisions may be off by a rounding on some devices: no pixel may lie outside for that.
  const index = (t: Tensor): Tensor => cast(clip(t, 0, size - 1), 'int32');
  const folded = (t: Tensor, end: number): Tensor => where(less(t, size), t, sub(end, t));
  switch (fillMode) {
    case 'constant':
      return cast(add(clip(place, -1, size), 1), 'int32');
    case 'nearest':
      return index(place);
    case 'wrap':
      return index(modulo(place, size));
    case 'reflect':
      return index(folded(modulo(abs(place), 2 * size), 2 * size - 1));
    case 'mirror':
      return index(folded(modulo(abs(place), Math.max(2 * size - 2, 1)), 2 * size - 2));
    default:
      throw new Error(`unknown fill mode ${fillMode satisfies never}`);
  }
}

/** The largest whole number that is not above `x`. */
function floor(x: Tensor): Tensor {
  const towardsZero = whole(x);
  return where(less(x, towardsZero), sub(towardsZero, 1), towardsZero);
}

/** What is left of whole numbers by whole periods, from 0 on. */
function modulo(x: Tensor, period: number): Tensor {
  // Half a pixel further, no quotient is so near to a whole number that rounding could make it one.
  return sub(x, mul(floor(mul(add(x, 0.5), 1 / period)), period));
}
