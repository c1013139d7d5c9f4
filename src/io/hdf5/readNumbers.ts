/// <reference path="./jsfive.d.ts" />
import { type Dataset, Filters } from 'jsfive';
import { inflate } from '../untrusted/inflate.js';
import { ReadRefusal } from '../untrusted/readRefusal.js';
import { swapToHost } from '../weights/byteOrder.js';
import { bfloat16, type Elements } from './elements.js';
import type { Limits } from './limits.js';

/** Which numbers to read. */
export interface Numbers {
  readonly dataset: Dataset;
  /** The file. */
  readonly bytes: Uint8Array;
  /** Where the array is in it. */
  readonly path: string;
  readonly shape: readonly number[];
  readonly elements: Elements;
  readonly limits: Limits;
}

/** jsfive gives numbers one by one in a list, which takes two to eight times their bytes, and does not end well. */
const maxListed = 2 ** 22;
const deflate = 1;

/**
 * The numbers of an array. jsfive reads them, but for what it cannot: brain floats, compact storage, and arrays that are
 * large. For those the HDF5 library is loaded.
 * @throws {unknown} if they are not in the file.
 */
export async function readNumbers(wanted: Numbers): Promise<ArrayLike<number | bigint>> {
  const { dataset, elements, shape, limits, bytes, path } = wanted;
  const count = shape.reduce((product, size) => product * size, 1);
  const byteLength = count * elements.size;
  // An array that nobody wrote to, or that compresses well, is larger than its file, but not much.
  if (!(byteLength <= 100 * limits.size)) {
    throw new ReadRefusal(`arrays of at most ${100 * limits.size} bytes`, `one of shape [${shape}]`);
  }
  const { chunks } = dataset._dataobjects;
  if (elements !== bfloat16 && (count <= maxListed || chunks !== null)) {
    const listed = readListed(wanted, count);
    if (listed !== null) return listed;
  }
  // The library would unpack a bomb.
  if (chunks !== null) throw new ReadRefusal('numbers in one piece', `chunks of '${elements.name}'`);
  const { readBytes } = await import('./readBytes.js');
  return elements.fromBytes(swapToHost(await readBytes(bytes, path, byteLength, shape), elements.size));
}

/** The numbers as a list; `null` if they are stored in a way that jsfive has not learnt. */
function readListed({ dataset, elements, limits }: Numbers, count: number): ArrayLike<number> | null {
  const chunk = (dataset._dataobjects.chunks ?? []).reduce((product, size) => product * size, elements.size);
  // HDF5 allows no chunk that is larger than the array, of which the sizes are fixed in all that Keras writes.
  const maxChunk = Math.max(2 ** 16, count * elements.size);
  if (!(chunk <= maxChunk)) throw new ReadRefusal(`chunks of at most ${maxChunk} bytes`, `${chunk}`);
  limits.renew(100 * limits.size + 2 ** 16);
  const own = Filters.get(deflate);
  // A checksum may stand behind what is compressed.
  Filters.set(deflate, (packed) => inflate(new Uint8Array(packed), chunk + 4).buffer);
  try {
    const list = dataset.value;
    if (list.length === count && count > 0 && !hasHoles(list)) return list;
    const { fillvalue } = dataset;
    return Array.from({ length: count }, (_, i) => list[i] ?? fillvalue);
  } catch (error) {
    if (typeof error === 'string' && error.startsWith('Compact storage')) return null;
    throw error;
  } finally {
    if (own !== undefined) Filters.set(deflate, own);
  }
}

function hasHoles(list: readonly (number | undefined)[]): boolean {
  return list.includes(undefined);
}
