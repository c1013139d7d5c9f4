import { mad } from '../arithmetic';
import { float32, float64, int32 } from '../dtypes';
import { ResizeGradientRecord } from '../generated/records';
import { sampleBytes, sampleIndex, sampleWeight } from '../resize/samples';

export function resizeGradient(record: ResizeGradientRecord, begin: i32, end: i32): void {
  const dtype = record.dtype;
  for (let unit = begin; unit < end; unit++) {
    if (dtype == float32) gradientRow<f32>(record, unit);
    else if (dtype == float64) gradientRow<f64>(record, unit);
    else if (dtype == int32) gradientRow<i32>(record, unit);
    else gradientRow<u8>(record, unit);
  }
}

function gradientRow<T>(record: ResizeGradientRecord, unit: i32): void {
  const pixelBytes = <usize>record.channels * sizeof<T>();
  const rowBytes = <usize>record.outputWidth * pixelBytes;
  const image = record.from + <usize>(unit / record.height * record.outputHeight) * rowBytes;
  const rowStarts = record.tail;
  const columnStarts = rowStarts + (<usize>(record.height + 1) << 2);
  const rowSamples = columnStarts + (<usize>(record.width + 1) << 2);
  const columnSamples = rowSamples + <usize>load<i32>(columnStarts - 4) * sampleBytes;
  const rowStart = rowStarts + (<usize>(unit % record.height) << 2);
  const firstRow = rowSamples + <usize>load<i32>(rowStart) * sampleBytes;
  const lastRow = rowSamples + <usize>load<i32>(rowStart, 4) * sampleBytes;
  let to = record.to + <usize>(unit * record.width) * pixelBytes;
  for (let j = 0; j < record.width; j++) {
    const columnStart = columnStarts + (<usize>j << 2);
    const firstColumn = columnSamples + <usize>load<i32>(columnStart) * sampleBytes;
    const lastColumn = columnSamples + <usize>load<i32>(columnStart, 4) * sampleBytes;
    memory.fill(to, 0, pixelBytes);
    for (let row = firstRow; row < lastRow; row += sampleBytes) {
      const dy = image + <usize>sampleIndex(row) * rowBytes;
      for (let column = firstColumn; column < lastColumn; column += sampleBytes) {
        const weight = sampleWeight(row) * sampleWeight(column);
        addPixel<T>(to, dy + <usize>sampleIndex(column) * pixelBytes, pixelBytes, weight);
      }
    }
    to += pixelBytes;
  }
}

// @ts-ignore: decorator
@inline
/** Adds a pixel times `weight`. */
function addPixel<T>(to: usize, from: usize, bytes: usize, weight: f64): void {
  let c: usize = 0;
  if (isFloat<T>() && sizeof<T>() == 4) {
    const weights = f32x4.splat(<f32>weight);
    for (; c + 16 <= bytes; c += 16) v128.store(to + c, mad(v128.load(from + c), weights, v128.load(to + c)));
  }
  // Integers are only ever copied: their weights are 1.
  for (; c < bytes; c += sizeof<T>()) {
    store<T>(to + c, load<T>(to + c) + (isFloat<T>() ? <T>(<f64>load<T>(from + c) * weight) : load<T>(from + c)));
  }
}
