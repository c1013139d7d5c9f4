import { elementsOf } from './datatype.js';
import type { Filter } from './filters.js';
import type { Hdf5Bytes } from './hdf5Bytes.js';

/** An array that is kept in pieces of one shape. */
export interface ChunkedArray {
  readonly tree: number;
  readonly shape: readonly number[];
  readonly chunk: readonly number[];
  readonly elementSize: number;
  readonly filters: readonly Filter[];
}

const maxDepth = 16;

/** The bytes of a chunked array, as if it were contiguous. Chunks that were never written are zero. */
export function readChunks(file: Hdf5Bytes, array: ChunkedArray): Uint8Array<ArrayBuffer> {
  const { shape, elementSize } = array;
  const bytes = new Uint8Array(elementsOf(shape) * elementSize);
  walk(file, array, array.tree, maxDepth, new Set(), (offsets, data) => place(array, bytes, offsets, data));
  return bytes;
}

type Place = (offsets: readonly number[], data: Uint8Array) => void;

/** A version 1 B-tree whose leaves are chunks. */
function walk(file: Hdf5Bytes, array: ChunkedArray, at: number, depth: number, seen: Set<number>, put: Place): void {
  if (seen.has(at) || depth === 0) throw file.error('a tree of chunks', 'one that goes round in a circle');
  seen.add(at);
  file.expect(at, 'TREE');
  if (file.u8(at + 4) !== 1) throw file.error('a tree of chunks', 'a tree of another kind');
  const level = file.u8(at + 5);
  const count = file.u16(at + 6);
  const rank = array.shape.length;
  // A key: stored size, filters left out, offset in every dimension and one for the bytes of an element.
  const keySize = 8 + 8 * (rank + 1);
  const chunkBytes = elementsOf(array.chunk) * array.elementSize;
  if (chunkBytes > 100 * file.length) throw file.error(`chunks of at most ${100 * file.length} bytes`, `${chunkBytes}`);
  for (let i = 0; i < count; i++) {
    const key = at + 24 + i * (keySize + 8);
    const child = file.u64(key + keySize);
    if (level > 0) {
      walk(file, array, child, depth - 1, seen, put);
      continue;
    }
    if (seen.has(child)) throw file.error('chunks with places of their own', `byte ${child} again`);
    seen.add(child);
    const offsets = array.shape.map((_, axis) => file.u64(key + 8 + 8 * axis));
    put(offsets, decode(file, array, file.part(child, file.u32(key)), file.u32(key + 4), chunkBytes));
  }
}

function decode(
  file: Hdf5Bytes,
  { filters, elementSize }: ChunkedArray,
  stored: Uint8Array,
  skipped: number,
  size: number,
) {
  let data = stored;
  filters.forEach((filter, i) => {
    // Bit n: filter n of the original order was left out for this chunk.
    if (!(skipped & (1 << (filters.length - 1 - i)))) data = filter(file, data, size + 4, elementSize);
  });
  if (data.length === size) return data;
  throw file.error(`chunks of ${size} bytes`, `${data.length}`);
}

/** Copies the rows of a chunk to where they belong; what sticks out of the array is dropped. */
function place(
  { shape, chunk, elementSize }: ChunkedArray,
  target: Uint8Array,
  offsets: readonly number[],
  data: Uint8Array,
) {
  const last = shape.length - 1;
  const visit = (axis: number, from: number, to: number): void => {
    const offset = offsets[axis] ?? 0;
    const room = Math.min(chunk[axis] as number, (shape[axis] as number) - offset);
    if (room <= 0) return;
    if (axis === last) {
      const begin = from * elementSize;
      target.set(data.subarray(begin, begin + room * elementSize), (to + offset) * elementSize);
      return;
    }
    const inner = elementsOf(chunk.slice(axis + 1));
    const outer = elementsOf(shape.slice(axis + 1));
    for (let i = 0; i < room; i++) visit(axis + 1, from + i * inner, to + (offset + i) * outer);
  };
  visit(0, 0, 0);
}
