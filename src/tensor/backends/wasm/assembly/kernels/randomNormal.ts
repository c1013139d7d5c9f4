import { float32 } from '../dtypes';
import { RandomNormalRecord } from '../generated/records';
import { blockSize, unitInterval } from '../random/blocks';
import { storeWords } from '../random/threefry';
import { scratch } from '../scratch';

export function randomNormal(record: RandomNormalRecord, begin: i32, end: i32): void {
  const step = load<i32>(record.step);
  const size = min(end * blockSize, record.size);
  for (let i = begin * blockSize; i < size; i += 8) {
    storeWords(scratch(), record.seed, record.stream, i >> 1, step);
    if (record.dtype == float32) storeNormal<f32>(record.to, i, min(8, size - i));
    else storeNormal<f64>(record.to, i, min(8, size - i));
  }
}

/** Box and Muller's transform of pairs of words: `sqrt(-2 log(1 - u)) (cos, sin)(2 pi v)`. */
function storeNormal<T>(to: usize, first: i32, count: i32): void {
  const words = scratch();
  to += <usize>first * sizeof<T>();
  for (let k = 0; k < count; k += 2) {
    const pair = words + (<usize>k << 2);
    const radius = Math.sqrt(-2 * Math.log(1 - unitInterval(load<u32>(pair))));
    const angle = 2 * Math.PI * unitInterval(load<u32>(pair, 4));
    store<T>(to, <T>(radius * Math.cos(angle)));
    if (k + 1 < count) store<T>(to + sizeof<T>(), <T>(radius * Math.sin(angle)));
    to += 2 * sizeof<T>();
  }
}
