import { zlibSync } from 'fflate';
import { File, FS, ready } from 'h5wasm';
import { ModelFormatError } from 'mapache/io';
import { Hdf5Group } from '../../src/io/hdf5/hdf5Group.js';
import { openHdf5 } from '../../src/io/hdf5/openHdf5.js';
import { writeHdf5 } from '../../src/io/hdf5/writeHdf5.js';

let count = 0;

/** A file that the HDF5 library itself wrote, with everything it can do. */
export async function libraryFile(fill: (file: File) => void): Promise<Uint8Array<ArrayBuffer>> {
  await ready;
  const name = `test-${count++}.h5`;
  const file = new File(name, 'w');
  fill(file);
  file.close();
  if (FS === null) throw new Error('h5wasm is not ready');
  return new Uint8Array(FS.readFile(name));
}

const numbers = Float32Array.from({ length: 60 }, (_, i) => Math.sin(i));

/** Small files of all kinds, to be damaged: as Keras writes them, of newer libraries, compressed. */
export async function sampleFiles(): Promise<readonly Uint8Array<ArrayBuffer>[]> {
  const x = { shape: [6, 10], dtype: 'float32', values: numbers } as const;
  const vars = (name: string) => ({ attributes: { name }, members: { 0: x, 1: { ...x, shape: [60] } } });
  const legacy = {
    attributes: { layer_names: ['conv', 'dense'], keras_version: '2.4.0', model_config: 'x'.repeat(3000) },
    members: {
      conv: { attributes: { weight_names: ['conv/kernel:0'] }, members: { 'conv/kernel:0': x } },
      dense: { attributes: { weight_names: ['dense/kernel:0'] }, members: { 'dense/kernel:0': x } },
    },
  };
  return [
    await writeHdf5(legacy),
    await writeHdf5({ members: { 'layers/conv2d/vars': vars('conv'), 'layers/dense/vars': vars('dense') } }),
    await libraryFile((file) => {
      file.create_attribute('names', ['a', 'bc']);
      file.create_attribute('fixed', 'abc', null, 'S5');
      for (let i = 0; i < 12; i++) file.create_group(`group${i}`).create_dataset({ name: '0', data: numbers });
    }),
    await libraryFile((file) => {
      file.create_dataset({ name: 'x', data: numbers, shape: [6, 10], chunks: [4, 3], compression: 6 });
      file.create_dataset({ name: 'y', data: Int32Array.from(numbers, (x) => 9 * x), shape: [60], chunks: [7] });
    }),
  ];
}

/**
 * Opens a file and reads everything in it.
 * @returns how many arrays there are.
 * @throws {ModelFormatError} if the file is refused, or, after all others were read, for an array that is.
 */
export async function readEverything(bytes: Uint8Array): Promise<number> {
  let refused: unknown = null;
  const all = async (group: Hdf5Group): Promise<number> => {
    let arrays = 0;
    for (const name of group.names) {
      const member = group.get(name);
      if (member instanceof Hdf5Group) arrays += await all(member);
      else if (member !== undefined && member.elements.dtype !== null) {
        arrays++;
        await member.read().catch((error: unknown) => {
          if (!(error instanceof ModelFormatError)) throw error;
          refused ??= error;
        });
      }
    }
    return arrays;
  };
  const arrays = await all(await openHdf5('sample.h5', bytes));
  if (refused !== null) throw refused;
  return arrays;
}

/** Where some bytes or texts are in a file. */
export function find(bytes: Uint8Array, wanted: string | Uint8Array, from = 0): number {
  const at = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).indexOf(wanted, from);
  if (at < 0) throw new Error('not in the file');
  return at;
}

/** A file of which thousands of texts are the same long one. */
export async function repeatedText(): Promise<Uint8Array<ArrayBuffer>> {
  const long = 100_000;
  const texts = ['x'.repeat(long), ...Array.from({ length: 3000 }, () => 'y')];
  const bytes = await writeHdf5({ attributes: { texts }, members: {} });
  // A reference is a length, an address and an index.
  const first = find(bytes, new Uint8Array(Uint32Array.of(long).buffer));
  for (let i = 1; i <= 3000; i++) bytes.copyWithin(first + 16 * i, first, first + 16);
  return bytes;
}

/** A small array whose only chunk unpacks to 4 MiB. */
export async function compressionBomb(): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await libraryFile((file) => {
    file.create_dataset({ name: 'x', data: numbers, shape: [60], chunks: [60], compression: 6 });
  });
  const packed = zlibSync(new Uint8Array(2 ** 22), { level: 1 });
  const bomb = new Uint8Array(bytes.length + packed.length);
  bomb.set(bytes);
  bomb.set(packed, bytes.length);
  // A chunk's entry is its size, a mask, two offsets and its address.
  const entry = find(bytes, 'TREE\x01') + 24;
  const view = new DataView(bomb.buffer);
  view.setUint32(entry, packed.length, true);
  view.setBigUint64(entry + 24, BigInt(bytes.length), true);
  return bomb;
}

/** A group whose header goes on in thousands of places, all of which overlap. */
export async function overlappingHeaders(): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await libraryFile((file) => file.create_group('x'));
  const header = find(bytes, 'OHDR');
  const count = 20_000;
  const size = 20 * count;
  const file = new Uint8Array(header + 10 + size);
  file.set(bytes.subarray(0, header + 6));
  const view = new DataView(file.buffer);
  // No times, and a size in four bytes.
  view.setUint8(header + 5, 2);
  view.setUint32(header + 6, size, true);
  const body = header + 10;
  for (let i = 0; i < count; i++) {
    const at = body + 20 * i;
    view.setUint8(at, 16);
    view.setUint16(at + 1, 16, true);
    view.setBigUint64(at + 4, BigInt(at - 4), true);
    view.setBigUint64(at + 12, BigInt(body + size - at + 4), true);
  }
  return file;
}

/** A group that is a member of itself, twice. */
export async function groupInItself(): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await writeHdf5({ members: { a: { members: {} }, b: { members: {} } } });
  const view = new DataView(bytes.buffer);
  const root = view.getBigUint64(64, true);
  const entries = find(bytes, 'SNOD') + 8;
  for (const i of [0, 1]) view.setBigUint64(entries + 40 * i + 8, root, true);
  return bytes;
}

/** An array that says it has 2^31 numbers, in a file of a few bytes. */
export async function hugeShape(): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await writeHdf5({
    members: { x: { shape: [12_345], dtype: 'uint8', values: new Uint8Array(12_345) } },
  });
  const at = find(bytes, new Uint8Array(BigUint64Array.of(12_345n).buffer));
  new DataView(bytes.buffer).setBigUint64(at, 2n ** 31n, true);
  return bytes;
}
