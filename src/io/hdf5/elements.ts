import { type DType, fromBfloat16, fromFloat16, type TypedArray } from '../../tensor/index.js';

/** What the elements of an array in a file are, and what becomes of them. */
export interface Elements {
  /** How messages call them. */
  readonly name: string;
  /** Bytes of one. */
  readonly size: number;
  /** The dtype they have here: `null` if they are no numbers. */
  readonly dtype: DType | null;
  /** Little-endian bytes as numbers. */
  fromBytes(bytes: Uint8Array<ArrayBuffer>): ArrayLike<number | bigint>;
}

const readers: Readonly<Record<string, Elements['fromBytes']>> = {
  f2: ({ buffer }) => fromFloat16(new Uint16Array(buffer)),
  f4: ({ buffer }) => new Float32Array(buffer),
  f8: ({ buffer }) => new Float64Array(buffer),
  i1: ({ buffer }) => new Int8Array(buffer),
  i2: ({ buffer }) => new Int16Array(buffer),
  i4: ({ buffer }) => new Int32Array(buffer),
  i8: ({ buffer }) => new BigInt64Array(buffer),
  u1: (bytes) => bytes,
  u2: ({ buffer }) => new Uint16Array(buffer),
  u4: ({ buffer }) => new Uint32Array(buffer),
  u8: ({ buffer }) => new BigUint64Array(buffer),
};

/** Brain floats, which Keras stores as bytes with a note that says so. */
export const bfloat16: Elements = {
  name: 'bfloat16',
  size: 2,
  dtype: 'float32',
  fromBytes: ({ buffer }) => fromBfloat16(new Uint16Array(buffer)),
};

/** Elements by NumPy's name for them, as jsfive says it: `'<f4'`. */
export function elementsNamed(name: string): Elements {
  const [, kind = '', size = ''] = /^[<>|=]?([a-zA-Z])(\d+)$/.exec(name) ?? [];
  const fromBytes = readers[kind + size];
  if (fromBytes === undefined) return otherElements(name);
  const dtype = kind === 'f' ? 'float32' : kind + size === 'u1' ? 'uint8' : 'int32';
  return { name, size: Number(size), dtype, fromBytes };
}

/** What no weight is made of. */
export function otherElements(name: string): Elements {
  return {
    name,
    size: 1,
    dtype: null,
    fromBytes: (bytes) => bytes,
  };
}

/**
 * Numbers of a file as a host array of their dtype.
 * @returns `null` if they are no numbers, or one is a whole number of more than 32 bits.
 */
export function toHost(values: ArrayLike<number | bigint>, { dtype, name }: Elements): TypedArray | null {
  if (dtype === 'float32')
    return values instanceof Float32Array ? values : new Float32Array(values as ArrayLike<number>);
  if (dtype === 'uint8') return new Uint8Array(values as ArrayLike<number>);
  if (dtype !== 'int32') return null;
  // The state of a random generator uses all 32 bits: they are kept as they are.
  const end = name.endsWith('u4') ? 2 ** 32 : 2 ** 31;
  const integers = new Int32Array(values.length);
  for (let i = 0; i < integers.length; i++) {
    const value = Number(values[i]);
    if (!(value >= -(2 ** 31) && value < end)) return null;
    integers[i] = value;
  }
  return integers;
}
