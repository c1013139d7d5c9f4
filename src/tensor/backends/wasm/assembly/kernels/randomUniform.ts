import { float64 } from '../dtypes';
import { RandomUniformRecord } from '../generated/records';
import { blockSize, unitInterval } from '../random/blocks';
import { storeWords } from '../random/threefry';
import { scratch } from '../scratch';

export function randomUniform(record: RandomUniformRecord, begin: i32, end: i32): void {
  const step = load<i32>(record.step);
  const size = min(end * blockSize, record.size);
  for (let i = begin * blockSize; i < size; i += 8) {
    storeWords(scratch(), record.seed, record.stream, i >> 1, step);
    if (record.dtype == float64) storeUniform<f64>(record.to, i, min(8, size - i));
    else if (i + 8 > size) storeUniform<f32>(record.to, i, size - i);
    else {
      const to = record.to + (<usize>i << 2);
      v128.store(to, unitIntervals(v128.load(scratch())));
      v128.store(to, unitIntervals(v128.load(scratch(), 16)), 16);
    }
  }
}

function storeUniform<T>(to: usize, first: i32, count: i32): void {
  const words = scratch();
  for (let k = 0; k < count; k++) {
    store<T>(to + <usize>(first + k) * sizeof<T>(), <T>unitInterval(load<u32>(words + (<usize>k << 2))));
  }
}

// @ts-ignore: decorator
@inline
/** `unitInterval` of four words, as float32: nothing is rounded. */
function unitIntervals(bits: v128): v128 {
  return f32x4.mul(f32x4.convert_i32x4_s(i32x4.shr_u(bits, 8)), f32x4.splat(1.0 / 16777216.0));
}
