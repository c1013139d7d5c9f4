import { clip, maskedBy } from '../arithmetic';
import { clips, finish, masks } from '../epilogue';
import { DepthwiseRecord } from '../generated/records';
import { storeLeft, vectorBytes } from '../lanes';

/** What stands for a bias where there is none. */
const noBias: usize = memory.data(16);

// @ts-ignore: decorator
@inline
export function biasOf(record: DepthwiseRecord): usize {
  return record.bias ? record.bias : noBias;
}

/** Bytes from one vector of the bias to the next. */
// @ts-ignore: decorator
@inline
export function biasStep(record: DepthwiseRecord): usize {
  return record.bias ? vectorBytes : 0;
}

// @ts-ignore: decorator
@inline
/** The epilogue for one vector at `to` bytes from the start of the output. */
export function finished(record: DepthwiseRecord, to: usize, x: v128): v128 {
  return finish(x, record.flags, record.residual + to, record.mask + to, record.maximum);
}

// @ts-ignore: decorator
@inline
/** Finishes and stores a vector, or its first `left` bytes. */
export function storeOne(record: DepthwiseRecord, to: usize, left: i32, x: v128): void {
  if (record.flags) x = finished(record, to, x);
  storeLeft(record.to + to, x, left);
}

// @ts-ignore: decorator
@inline
/** Finishes and stores one vector of each of two pixels, `step` bytes apart. */
export function storeTwo(record: DepthwiseRecord, to: usize, step: usize, left: i32, x0: v128, x1: v128): void {
  const flags = record.flags;
  if (flags == clips) {
    const maximum = f32x4.splat(record.maximum);
    x0 = clip(x0, maximum);
    x1 = clip(x1, maximum);
  } else if (flags == masks) {
    const maximum = f32x4.splat(record.maximum);
    const mask = record.mask + to;
    x0 = maskedBy(v128.load(mask), x0, maximum);
    x1 = maskedBy(v128.load(mask + step), x1, maximum);
  } else if (flags) {
    x0 = finished(record, to, x0);
    x1 = finished(record, to + step, x1);
  }
  to += record.to;
  storeLeft(to, x0, left);
  storeLeft(to + step, x1, left);
}
