import { float32 } from '../dtypes';
import { RandomUniformRecord } from '../generated/records';
import { blockSize, unitInterval } from '../random/blocks';
import { storeWords } from '../random/threefry';
import { scratch } from '../scratch';

export function randomUniform(record: RandomUniformRecord, begin: i32, end: i32): void {
  const step = load<i32>(record.step);
  const size = min(end * blockSize, record.size);
  for (let i = begin * blockSize; i < size; i += 8) {
    storeWords(scratch(), record.seed, record.stream, i >> 1, step);
    if (record.dtype == float32) storeUniform<f32>(record.to, i, min(8, size - i));
    else storeUniform<f64>(record.to, i, min(8, size - i));
  }
}

// @ts-ignore: decorator
@inline
function storeUniform<T>(to: usize, first: i32, count: i32): void {
  const words = scratch();
  for (let k = 0; k < count; k++) {
    store<T>(to + <usize>(first + k) * sizeof<T>(), <T>unitInterval(load<u32>(words + (<usize>k << 2))));
  }
}
