import { pad, type Size2d, slice, type Tensor } from '../../tensor/index.js';

/**
 * The largest part in the middle that has the shape of `size`.
 * Shape: `[batch, height, width, channels] -> [batch, height', width', channels]`.
 */
export function cropToAspectRatio(x: Tensor, size: Size2d): Tensor {
  const [, height, width] = x.shape as [number, number, number];
  const [rows, columns] = fitting(height, width, size);
  const crop = [Math.max(Math.min(height, rows), 1), Math.max(Math.min(width, columns), 1)] as const;
  const begin = [Math.floor((height - crop[0]) / 2), Math.floor((width - crop[1]) / 2)];
  return slice(x, [0, ...begin], [-1, ...crop]);
}

/**
 * Pictures with `value` at two opposite sides, as many on either, so that they have the shape of `size`.
 * Shape: `[batch, height, width, channels] -> [batch, height', width', channels]`.
 */
export function padToAspectRatio(x: Tensor, size: Size2d, value: number): Tensor {
  const [, height, width] = x.shape as [number, number, number];
  const [rows, columns] = fitting(height, width, size);
  const above = Math.max(Math.floor((rows - height) / 2), 0);
  const left = Math.max(Math.floor((columns - width) / 2), 0);
  const around = [
    [0, 0],
    [above, above],
    [left, left],
    [0, 0],
  ] as const;
  return pad(x, around, { value });
}

/** Rows that go with the width, and columns that go with the height, in the shape of `size`. */
function fitting(height: number, width: number, size: Size2d): Size2d {
  return [Math.trunc(Math.fround((width * size[0]) / size[1])), Math.trunc(Math.fround((height * size[1]) / size[0]))];
}
