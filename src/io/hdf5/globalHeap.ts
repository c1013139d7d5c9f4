import type { Hdf5Bytes } from './hdf5Bytes.js';

interface HeapObject {
  readonly at: number;
  readonly size: number;
}

const heaps = new WeakMap<Hdf5Bytes, Map<number, ReadonlyMap<number, HeapObject>>>();

/** Where an object of a global heap is: texts of any length are kept there. */
export function globalHeapObject(file: Hdf5Bytes, heap: number, index: number): HeapObject {
  let known = heaps.get(file);
  if (known === undefined) {
    known = new Map();
    heaps.set(file, known);
  }
  let objects = known.get(heap);
  if (objects === undefined) {
    objects = readHeap(file, heap);
    known.set(heap, objects);
  }
  const found = objects.get(index);
  if (found !== undefined) return found;
  throw file.error('texts that are in the file', `number ${index} of a heap that has ${objects.size}`);
}

function readHeap(file: Hdf5Bytes, at: number): ReadonlyMap<number, HeapObject> {
  file.expect(at, 'GCOL');
  const size = file.u64(at + 8);
  file.part(at, size);
  file.once(at);
  const objects = new Map<number, HeapObject>();
  for (let place = at + 16; place + 16 <= at + size; ) {
    const index = file.u16(place);
    // Number 0 is the free space at the end.
    if (index === 0) break;
    const length = file.u64(place + 8);
    file.part(place + 16, length);
    objects.set(index, { at: place + 16, size: length });
    place += 16 + Math.ceil(length / 8) * 8;
  }
  return objects;
}
