import { AddToLargestRecord } from '../generated/records';
import { storeLeft, vectorBytes } from '../lanes';
import { replaces } from '../pooling/larger';
import { Runs, runsOver, Tap } from '../runs';

export function addToLargest(record: AddToLargestRecord, begin: i32, end: i32): void {
  if (record.elementBytes == 4) add<f32>(record, begin, end);
  else add<f64>(record, begin, end);
}

function add<T>(record: AddToLargestRecord, begin: i32, end: i32): void {
  const pixelBytes = <usize>record.channels * sizeof<T>();
  const runs = runsOver(record.tail, pixelBytes);
  for (let unit = begin; unit < end; unit++) {
    const image = unit / record.groups;
    const channel = <usize>((unit % record.groups) * record.groupBlocks) * vectorBytes;
    const bytes = min(pixelBytes - channel, <usize>record.groupBlocks * vectorBytes);
    clear(record, runs, image, channel, bytes);
    for (let row = 0; row < runs.rows.output; row++) {
      runs.startRow(image * runs.rows.output + row);
      while (runs.next()) {
        let moved = channel;
        let dy = record.dy + <usize>runs.pixel * pixelBytes + channel;
        for (let i = runs.pixels; i > 0; i--) {
          addPixel<T>(record, runs, moved, dy, <i32>bytes);
          moved += runs.sourceStep;
          dy += pixelBytes;
        }
      }
    }
  }
}

function clear(record: AddToLargestRecord, runs: Runs, image: i32, channel: usize, bytes: usize): void {
  const pixels = runs.rows.input * runs.columns.input;
  let to = record.to + <usize>(image * pixels) * runs.pixelBytes + channel;
  for (let i = pixels; i > 0; i--) {
    memory.fill(to, 0, bytes);
    to += runs.pixelBytes;
  }
}

function addPixel<T>(record: AddToLargestRecord, runs: Runs, moved: usize, dy: usize, bytes: i32): void {
  const table = runs.table;
  const tableEnd = runs.tableEnd;
  if (table == tableEnd) return;
  let from = record.from + moved;
  let to = record.to + moved;
  for (let left = bytes; left > 0; left -= <i32>vectorBytes) {
    let largest = v128.load(from + changetype<Tap>(table).source);
    // In each lane the address, in the table, of the tap where it is.
    let place = splatAddress<T>(table);
    for (let at = table + offsetof<Tap>(); at < tableEnd; at += offsetof<Tap>()) {
      const x = v128.load(from + changetype<Tap>(at).source);
      const mask = replaces<T>(x, largest);
      largest = v128.bitselect(x, largest, mask);
      place = v128.bitselect(splatAddress<T>(at), place, mask);
    }
    const d = v128.load(dy);
    for (let at = table; at < tableEnd; at += offsetof<Tap>()) {
      const here = sizeof<T>() == 4 ? i32x4.eq(place, splatAddress<T>(at)) : i64x2.eq(place, splatAddress<T>(at));
      const dx = to + changetype<Tap>(at).source;
      storeLeft(dx, v128.add<T>(v128.load(dx), v128.and(d, here)), left);
    }
    from += vectorBytes;
    to += vectorBytes;
    dy += vectorBytes;
  }
}

// @ts-ignore: decorator
@inline
function splatAddress<T>(address: usize): v128 {
  return sizeof<T>() == 4 ? i32x4.splat(<i32>address) : i64x2.splat(<i64>address);
}
