import { mad } from '../arithmetic';
import { float32 } from '../dtypes';
import { ResizeBilinearRecord } from '../generated/records';
import { LinearSample, linearSampleBytes } from '../resize/samples';

export function resizeBilinear(record: ResizeBilinearRecord, begin: i32, end: i32): void {
  for (let unit = begin; unit < end; unit++) {
    if (record.dtype == float32) resizeRow<f32>(record, unit);
    else resizeRow<f64>(record, unit);
  }
}

function resizeRow<T>(record: ResizeBilinearRecord, unit: i32): void {
  const pixelBytes = <usize>record.channels * sizeof<T>();
  const rowBytes = <usize>record.width * pixelBytes;
  const image = record.from + <usize>(unit / record.outputHeight * record.height) * rowBytes;
  const row = changetype<LinearSample>(record.tail + <usize>(unit % record.outputHeight) * linearSampleBytes);
  const top = image + <usize>row.lower * rowBytes;
  const bottom = image + <usize>row.upper * rowBytes;
  let at = record.tail + <usize>record.outputHeight * linearSampleBytes;
  let to = record.to + <usize>(unit * record.outputWidth) * pixelBytes;
  for (let j = 0; j < record.outputWidth; j++) {
    const column = changetype<LinearSample>(at);
    const left = <usize>column.lower * pixelBytes;
    const right = <usize>column.upper * pixelBytes;
    let c: usize = 0;
    if (sizeof<T>() == 4) {
      for (; c + 16 <= pixelBytes; c += 16) {
        const across = f32x4.splat(column.weight);
        const above = between4(v128.load(top + left + c), v128.load(top + right + c), across);
        const below = between4(v128.load(bottom + left + c), v128.load(bottom + right + c), across);
        v128.store(to + c, between4(above, below, f32x4.splat(row.weight)));
      }
    }
    for (; c < pixelBytes; c += sizeof<T>()) {
      const above = between<T>(load<T>(top + left + c), load<T>(top + right + c), <T>column.weight);
      const below = between<T>(load<T>(bottom + left + c), load<T>(bottom + right + c), <T>column.weight);
      store<T>(to + c, between<T>(above, below, <T>row.weight));
    }
    at += linearSampleBytes;
    to += pixelBytes;
  }
}

// @ts-ignore: decorator
@inline
function between<T>(a: T, b: T, weight: T): T {
  return a + (b - a) * weight;
}

// @ts-ignore: decorator
@inline
function between4(a: v128, b: v128, weight: v128): v128 {
  return mad(f32x4.sub(b, a), weight, a);
}
