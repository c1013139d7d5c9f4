import { mad } from '../arithmetic';
import { float32 } from '../dtypes';
import { ResizeBilinearRecord } from '../generated/records';
import { storeLeft, vectorBytes } from '../lanes';
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
    if (sizeof<T>() == 4) {
      const across = f32x4.splat(column.weight);
      for (let c: usize = 0; c < pixelBytes; c += vectorBytes) {
        const above = between4(v128.load(top + left + c), v128.load(top + right + c), across);
        const below = between4(v128.load(bottom + left + c), v128.load(bottom + right + c), across);
        storeLeft(to + c, between4(above, below, f32x4.splat(row.weight)), <i32>(pixelBytes - c));
      }
    } else {
      for (let c: usize = 0; c < pixelBytes; c += 8) {
        const above = between(load<f64>(top + left + c), load<f64>(top + right + c), column.weight);
        const below = between(load<f64>(bottom + left + c), load<f64>(bottom + right + c), column.weight);
        store<f64>(to + c, between(above, below, row.weight));
      }
    }
    at += linearSampleBytes;
    to += pixelBytes;
  }
}

// @ts-ignore: decorator
@inline
function between(a: f64, b: f64, weight: f32): f64 {
  return a + (b - a) * <f64>weight;
}

// @ts-ignore: decorator
@inline
function between4(a: v128, b: v128, weight: v128): v128 {
  return mad(f32x4.sub(b, a), weight, a);
}
