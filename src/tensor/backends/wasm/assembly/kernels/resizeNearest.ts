import { ResizeNearestRecord } from '../generated/records';
import { copyBytes } from '../layout/copyRun';

export function resizeNearest(record: ResizeNearestRecord, begin: i32, end: i32): void {
  const pixelBytes = <usize>record.pixelBytes;
  const outputHeight = record.outputHeight;
  const outputWidth = record.outputWidth;
  const columns = record.tail + (<usize>outputHeight << 2);
  for (let unit = begin; unit < end; unit++) {
    const row = load<i32>(record.tail + (<usize>(unit % outputHeight) << 2));
    const from = record.from + <usize>((unit / outputHeight * record.height + row) * record.width) * pixelBytes;
    let to = record.to + <usize>(unit * outputWidth) * pixelBytes;
    for (let j = 0; j < outputWidth; j++) {
      copyBytes(to, from + <usize>load<i32>(columns + (<usize>j << 2)) * pixelBytes, pixelBytes);
      to += pixelBytes;
    }
  }
}
