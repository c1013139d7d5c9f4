import { PackDepthwiseRecord } from '../generated/records';
import { vectorBytes } from '../lanes';

export function packDepthwise(record: PackDepthwiseRecord, begin: i32, end: i32): void {
  if (record.elementBytes == 4) pack<f32>(record, begin, end);
  else pack<f64>(record, begin, end);
}

function pack<T>(record: PackDepthwiseRecord, begin: i32, end: i32): void {
  const lanes = <i32>(vectorBytes / sizeof<T>());
  const taps = record.taps;
  const channels = record.channels;
  let to = record.to + <usize>(begin * taps) * vectorBytes;
  for (let block = begin; block < end; block++) {
    for (let tap = 0; tap < taps; tap++) {
      const from = record.from + <usize>((record.flipped ? taps - 1 - tap : tap) * channels) * sizeof<T>();
      for (let channel = block * lanes; channel < (block + 1) * lanes; channel++) {
        store<T>(to, channel < channels ? load<T>(from + <usize>channel * sizeof<T>()) : <T>0);
        to += sizeof<T>();
      }
    }
  }
}
