import {
  abs,
  add,
  cast,
  clip,
  div,
  gather,
  greater,
  less,
  minimum,
  mul,
  pad,
  reshape,
  sub,
  type Tensor,
  tensor,
  where,
} from '../../tensor/index.js';

/** What is where pictures end: mirrored ones, repeated ones, one value, or the pixels at the edge. */
export type FillMode = 'reflect' | 'wrap' | 'constant' | 'nearest';
export const fillModes: readonly FillMode[] = ['reflect', 'wrap', 'constant', 'nearest'];

/** How what lies between pixels comes from them. */
export type SampleInterpolation = 'nearest' | 'bilinear';
export const sampleInterpolations: readonly SampleInterpolation[] = ['nearest', 'bilinear'];

/** How pictures are sampled. */
export interface SampleOptions {
  readonly interpolation: SampleInterpolation;
  readonly fillMode: FillMode;
  /** What is outside, where the fill mode is `'constant'`. */
  readonly fillValue: number;
}

/**
 * Pictures looked at where `column` and `row` say: in pixels, 0 being the middle of the first one, as TensorFlow's
 * `ImageProjectiveTransformV3` does it. Gradients go to the pictures, not to the places.
 *
 * Shape: `[batch, height, width, channels]` and twice `[batch, height', width']` give `[batch, height', width', channels]`.
 */
export function sample(pictures: Tensor, column: Tensor, row: Tensor, options: SampleOptions): Tensor {
  const { interpolation, fillMode, fillValue } = options;
  const [, height, width] = pictures.shape as [number, number, number, number];
  const columns = inside(column, width, fillMode);
  const rows = inside(row, height, fillMode);
  // What is outside is a frame of one pixel: nothing has to be asked about each pixel.
  const isFramed = fillMode === 'constant';
  const frame = [1, 1] as const;
  const source = isFramed ? pad(pictures, [[0, 0], frame, frame, [0, 0]], { value: fillValue }) : pictures;
  if (interpolation === 'nearest') return pick(source, cast(add(rows, 0.5), 'int32'), cast(add(columns, 0.5), 'int32'));
  return interpolate(source, rows, columns);
}

function interpolate(source: Tensor, rows: Tensor, columns: Tensor): Tensor {
  const [, height, width] = source.shape as [number, number, number, number];
  const [top, left] = [cast(rows, 'int32'), cast(columns, 'int32')];
  const [bottom, right] = [minimum(add(top, 1), height - 1), minimum(add(left, 1), width - 1)];
  const share = (place: Tensor, before: Tensor): Tensor =>
    reshape(sub(place, cast(before, place.dtype)), [...place.shape, 1]);
  const between = (a: Tensor, b: Tensor, part: Tensor): Tensor => add(a, mul(sub(b, a), part));
  const across = share(columns, left);
  const upper = between(pick(source, top, left), pick(source, top, right), across);
  const lower = between(pick(source, bottom, left), pick(source, bottom, right), across);
  return between(upper, lower, share(rows, top));
}

/** The pixels at these rows and columns, int32. */
export function pick(source: Tensor, row: Tensor, column: Tensor): Tensor {
  const [batch, height, width, channels] = source.shape as [number, number, number, number];
  const first = tensor(
    Int32Array.from({ length: batch }, (_, i) => i * height * width),
    { shape: [batch, 1, 1] },
  );
  return gather(reshape(source, [batch * height * width, channels]), add(add(mul(row, width), first), column));
}

/** Where places along an axis of pixels lie inside it; for `'constant'`, inside the same axis with one pixel more at either end. */
function inside(place: Tensor, size: number, fillMode: FillMode): Tensor {
  switch (fillMode) {
    case 'constant':
      return add(clip(place, -1, size), 1);
    case 'nearest':
      return clip(place, 0, size - 1);
    case 'reflect': {
      // Periods of twice the size, the second half of each backwards; edges lie half a pixel beyond the outermost places.
      const fromEdge = modulo(abs(add(place, 0.5)), 2 * size);
      return clip(sub(where(greater(fromEdge, size), sub(2 * size, fromEdge), fromEdge), 0.5), 0, size - 1);
    }
    case 'wrap': {
      if (size === 1) return clip(place, 0, 0);
      // As in TensorFlow, what is beyond an end moves by whole sizes, counted in steps of `size - 1`.
      const steps = (x: Tensor): Tensor => mul(whole(div(x, size - 1)), size);
      const before = add(place, add(steps(sub(0, place)), size));
      const after = sub(place, steps(place));
      const moved = where(less(place, 0), before, where(greater(place, size - 1), after, place));
      return clip(moved, 0, size - 1);
    }
    default:
      throw new Error(`unknown fill mode ${fillMode satisfies never}`);
  }
}

/** `x` without its fraction. */
export function whole(x: Tensor): Tensor {
  return cast(cast(x, 'int32'), x.dtype);
}

/** What is left of `x`, from 0 on, by whole periods. */
function modulo(x: Tensor, period: number): Tensor {
  return sub(x, mul(whole(div(x, period)), period));
}
