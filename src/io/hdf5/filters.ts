import { inflateInto } from '../zip/inflate.js';
import type { Hdf5Bytes } from './hdf5Bytes.js';
import { findMessage, type Message, messageType } from './objectHeader.js';

/** Undoes what was done to a chunk before it was written. `size` is the most bytes that may come out. */
export type Filter = (file: Hdf5Bytes, chunk: Uint8Array, size: number, elementSize: number) => Uint8Array;

const known: ReadonlyMap<number, Filter> = new Map<number, Filter>([
  [1, (file, chunk, size) => inflateInto(chunk, size, 'zlib', (expected, received) => file.error(expected, received))],
  [2, unshuffle],
  // Its last four bytes are a checksum.
  [3, (_file, chunk) => chunk.subarray(0, Math.max(0, chunk.length - 4))],
]);

/** The filters of a dataset, in the order in which they must be undone. */
export function readFilters(file: Hdf5Bytes, messages: readonly Message[]): readonly Filter[] {
  const message = findMessage(messages, messageType.filters);
  if (message === undefined) return [];
  const version = file.u8(message.at);
  const count = file.u8(message.at + 1);
  const filters: Filter[] = [];
  let at = message.at + (version === 1 ? 8 : 2);
  for (let i = 0; i < count; i++) {
    const id = file.u16(at);
    const hasName = version === 1 || id >= 256;
    const nameLength = hasName ? file.u16(at + 2) : 0;
    const values = file.u16(at + (hasName ? 6 : 4));
    const padded = version === 1 ? Math.ceil(nameLength / 8) * 8 : nameLength;
    at += (hasName ? 8 : 6) + padded + 4 * (version === 1 ? values + (values % 2) : values);
    const filter = known.get(id);
    if (filter === undefined) throw file.unsupported(`the filter with number ${id}`);
    filters.unshift(filter);
  }
  return filters;
}

/** Puts the bytes of each number back together: all first bytes come first, then all second ones, …. */
function unshuffle(_file: Hdf5Bytes, chunk: Uint8Array, _size: number, elementSize: number): Uint8Array {
  const count = Math.floor(chunk.length / elementSize);
  const bytes = new Uint8Array(chunk.length);
  for (let j = 0; j < elementSize; j++) {
    for (let i = 0; i < count; i++) bytes[i * elementSize + j] = chunk[j * count + i] as number;
  }
  bytes.set(chunk.subarray(count * elementSize), count * elementSize);
  return bytes;
}
