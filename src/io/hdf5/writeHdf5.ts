import type { Group } from 'h5wasm';
import { ArgumentError, type TypedArray } from '../../tensor/index.js';
import { freshName, loadH5wasm } from './h5wasm.js';

/** Texts by name. A list without any is written as an empty array of float64, as h5py does. */
export type Hdf5Attributes = Readonly<Record<string, string | readonly string[]>>;

/** An array to write. */
export interface Hdf5Array {
  /** `[]` for a single number. */
  readonly shape: readonly number[];
  /** How the numbers are stored; `values` are converted. */
  readonly dtype: Hdf5DType;
  readonly values: TypedArray;
  readonly attributes?: Hdf5Attributes;
}

/** A group to write. */
export interface Hdf5Tree {
  readonly attributes?: Hdf5Attributes;
  /** What is in the group. A name may be a path, `'dense/vars/0'`: the groups on the way are made. */
  readonly members: Readonly<Record<string, Hdf5Tree | Hdf5Array>>;
}

/** What the library can write. It has no float16, bfloat16 or bool: Keras takes float32 and uint8 for them. */
export type Hdf5DType = keyof typeof encoders;

const encoders = {
  float32: (values: TypedArray) => Float32Array.from(values),
  float64: (values: TypedArray) => Float64Array.from(values),
  int32: (values: TypedArray) => Int32Array.from(values),
  int64: (values: TypedArray) => BigInt64Array.from(values, BigInt),
  uint8: (values: TypedArray) => Uint8Array.from(values),
  // Negative ones are bits of larger ones, as they are when read.
  uint32: (values: TypedArray) => Uint32Array.from(values),
} as const;

/**
 * An HDF5 file of a tree of groups and arrays, as h5py writes them by default: superblock 0, symbol tables, contiguous
 * little-endian arrays, variable-length texts. The same tree gives the same bytes, but for the second of writing, with
 * which the library stamps every array.
 * @throws {ArgumentError} if the library refuses the tree: two members of one name, a list of more than 64 KiB, values
 * that do not fill their shape.
 */
export async function writeHdf5(tree: Hdf5Tree): Promise<Uint8Array<ArrayBuffer>> {
  const library = await loadH5wasm();
  const name = freshName();
  try {
    return library.strictly(() => {
      // What every reader knows.
      const file = new library.File(name, 'w', { libver: ['earliest', 'v108'] });
      try {
        fillGroup(file, tree);
      } finally {
        file.close();
      }
      return library.readFile(name);
    });
  } catch (cause) {
    throw refusal(cause);
  } finally {
    library.removeFile(name);
  }
}

function fillGroup(group: Group, { attributes, members }: Hdf5Tree): void {
  writeAttributes(group, attributes);
  for (const [path, member] of Object.entries(members)) {
    const steps = path.split('/');
    const last = steps.pop() as string;
    const parent = steps.reduce(groupIn, group);
    if ('members' in member) {
      fillGroup(groupIn(parent, last), member);
    } else {
      const data = encoders[member.dtype](member.values);
      const dataset = parent.create_dataset({ name: last, data, shape: [...member.shape] });
      writeAttributes(dataset, member.attributes);
    }
  }
}

/** The group of that name, which is made if there is none. */
function groupIn(parent: Group, name: string): Group {
  return parent.keys().includes(name) ? (parent.get(name) as Group) : parent.create_group(name);
}

function writeAttributes(object: Pick<Group, 'create_attribute'>, attributes: Hdf5Attributes = {}): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'string') object.create_attribute(name, value, []);
    else if (value.length > 0) object.create_attribute(name, [...value], [value.length]);
    else object.create_attribute(name, new Float64Array(0), [0]);
  }
}

function refusal(cause: unknown): ArgumentError {
  const lines = (cause instanceof Error ? cause.message : String(cause)).split('\n');
  // The innermost of what the library reports.
  const reason = lines.filter((line) => line.trimStart().startsWith('#')).at(-1) ?? lines[0] ?? '';
  return new ArgumentError(
    {
      operation: 'writeHdf5',
      expected: 'groups and arrays that HDF5 can hold',
      received: `what it refuses: ${reason.replace(/^.*\(\): /, '').trim()}`,
      remedy: 'Give every member of a group a name of its own, and every array as many values as its shape has.',
    },
    { cause },
  );
}
