import {
  add,
  cast,
  clip,
  div,
  equal,
  gather,
  invalidOption,
  minimum,
  mul,
  ones,
  reshape,
  scatterAdd,
  slice,
  sub,
  sum,
  type Tensor,
  tensor,
  transpose,
  where,
} from '../../tensor/index.js';
import type { PictureShape } from './change.js';
import { type AugmentationRecord, seeded } from './record.js';
import { runningSums } from './runningSums.js';
import { bytes, rescale } from './valueRange.js';

const shades = 256;

/**
 * Spreads the shades of each channel within tiles, of which there are `tileGridSize` (down and across), so that all are as
 * frequent; between the middles of tiles their results are blended. No shade counts for more than `clipLimit` times the mean
 * of all, which keeps noise in even areas from being amplified; the rest is shared out to all shades. 0: without a limit.
 * Nothing is random: as in Keras, also in inference (Zuiderveld, "Contrast limited adaptive histogram equalization", 1994).
 */
export const contrastLimitedAdaptiveHistogramEqualization: AugmentationRecord = {
  className: 'ContrastLimitedAdaptiveHistogramEqualization',
  optional: { valueRange: [0, 255], clipLimit: 4, tileGridSize: [8, 8], dataFormat: seeded.dataFormat },
  isRandom: false,
  always: true,
  prepare: (options) => {
    const range = options.valueRange();
    const limit = options.number('clipLimit');
    const sizes = options.numbers('tileGridSize', { min: 1, integer: true });
    const [down = 1, across = down] = sizes;
    if (sizes.length > 2) {
      throw invalidOption('ContrastLimitedAdaptiveHistogramEqualization', 'tileGridSize', 'two numbers', sizes);
    }
    return () => ({
      pictures: (x) => rescale(equalizeTiles(rescale(x, range, bytes), [down, across], limit), bytes, range),
    });
  },
};

function equalizeTiles(x: Tensor, [down, across]: readonly [number, number], limit: number): Tensor {
  const [batch, height, width, channels] = x.shape as PictureShape;
  const [tall, wide] = [Math.ceil(height / down), Math.ceil(width / across)];
  const pixels = cast(clip(x, 0, 255), 'int32');
  const filled = continued(continued(pixels, 1, down * tall), 2, across * wide);
  // One row of counts for each tile of each channel.
  const tiles = transpose(reshape(filled, [batch, down, tall, across, wide, channels]), [0, 1, 3, 5, 2, 4]);
  const count = batch * down * across * channels;
  const starts = counting(count, shades, [count, 1]);
  const places = reshape(add(reshape(tiles, [count, tall * wide]), starts), [filled.size]);
  const counts = scatterAdd(ones([filled.size], x.dtype), places, { size: count * shades });
  const tables = reshape(spread(limited(reshape(counts, [count, shades]), limit, tall * wide), tall * wide), [
    count * shades,
  ]);

  const rows = neighbours(height, tall, down);
  const columns = neighbours(width, wide, across);
  const share = (parts: Float32Array, shape: readonly number[]): Tensor => tensor(parts, { shape, dtype: x.dtype });
  const first = add(
    counting(batch, down * across * channels * shades, [batch, 1, 1, 1]),
    counting(channels, shades, [1, 1, 1, channels]),
  );
  const own = add(pixels, first);
  const at = (row: Int32Array, column: Int32Array): Tensor => {
    const rowStart = tensor(
      row.map((i) => i * across * channels * shades),
      { shape: [1, height, 1, 1] },
    );
    const columnStart = tensor(
      column.map((i) => i * channels * shades),
      { shape: [1, 1, width, 1] },
    );
    return gather(tables, add(own, add(rowStart, columnStart)));
  };
  const between = (a: Tensor, b: Tensor, part: Tensor): Tensor => add(a, mul(sub(b, a), part));
  const right = share(columns.parts, [1, 1, width, 1]);
  return between(
    between(at(rows.before, columns.before), at(rows.before, columns.after), right),
    between(at(rows.after, columns.before), at(rows.after, columns.after), right),
    share(rows.parts, [1, height, 1, 1]),
  );
}

/** `0, step, 2 step, …` in a shape. */
function counting(count: number, step: number, shape: readonly number[]): Tensor {
  return tensor(
    Int32Array.from({ length: count }, (_, i) => i * step),
    { shape },
  );
}

/** An axis made longer by what it holds, mirrored with its last pixel, as often as it takes. */
function continued(x: Tensor, axis: number, size: number): Tensor {
  const own = x.shape[axis] as number;
  if (size === own) return x;
  const indices = Int32Array.from({ length: size }, (_, i) => {
    const place = i % (2 * own);
    return place < own ? place : 2 * own - 1 - place;
  });
  return gather(x, tensor(indices), axis);
}

/** Counts of shades, each at most `limit` times the mean; what is above is shared out. Shape: `[tiles, shades]`, unchanged. */
function limited(counts: Tensor, limit: number, pixels: number): Tensor {
  if (limit <= 0) return counts;
  const clipped = minimum(counts, (limit * pixels) / shades);
  return add(clipped, mul(sum(sub(counts, clipped), { axes: [1], keepDims: true }), 1 / shades));
}

/** What each shade becomes. Shape: `[tiles, shades]`, unchanged. */
function spread(counts: Tensor, pixels: number): Tensor {
  const total = runningSums(counts);
  const first = slice(total, [0, 0], [-1, 1]);
  const rest = sub(pixels, first);
  return clip(div(mul(sub(total, first), 255), where(equal(rest, 0), 1, rest)), 0, 255);
}

interface Neighbours {
  /** The tiles whose middles lie before and after each pixel of an axis; beyond the outermost ones, those. */
  readonly before: Int32Array;
  readonly after: Int32Array;
  /** How far each pixel is on the way from one to the other, from 0 to 1. */
  readonly parts: Float32Array;
}

/** The `count` tiles of `length` pixels along an axis, seen from each of its pixels. */
function neighbours(size: number, length: number, count: number): Neighbours {
  const places = Float32Array.from({ length: size }, (_, i) => Math.fround((i - length / 2) / length) + 1);
  const tile = (i: number): number => Math.min(Math.max(i, 0), count - 1);
  return {
    before: Int32Array.from(places, (place) => tile(Math.floor(place) - 1)),
    after: Int32Array.from(places, (place) => tile(Math.floor(place))),
    parts: places.map((place) => place - Math.floor(place)),
  };
}
