import type { Hdf5Bytes } from './hdf5Bytes.js';

/** What the elements of a dataset or of an attribute are. */
export type Datatype =
  | { readonly kind: 'float' | 'bfloat'; readonly size: number; readonly bigEndian: boolean }
  | { readonly kind: 'int' | 'uint' | 'bool'; readonly size: number; readonly bigEndian: boolean }
  | { readonly kind: 'string' | 'opaque'; readonly size: number }
  | { readonly kind: 'text'; readonly size: number }
  | { readonly kind: 'other'; readonly size: number; readonly name: string };

const classes = [
  'integer',
  'float',
  'time',
  'string',
  'bits',
  'opaque',
  'compound',
  'reference',
  'enumeration',
  'variable length',
  'array',
];

/** Reads a datatype message. Kinds that no weight has come back as `other`. */
export function readDatatype(file: Hdf5Bytes, at: number): Datatype {
  const kind = file.u8(at) & 15;
  const bits = file.u8(at + 1);
  const size = file.u32(at + 4);
  if (size === 0) throw file.error('elements of some bytes', 'elements of none');
  const bigEndian = (bits & 1) === 1;
  switch (kind) {
    case 0:
      return { kind: bits & 8 ? 'int' : 'uint', size, bigEndian };
    case 1:
      // 8 bits of exponent in two bytes: bfloat16; 5 bits: float16.
      return { kind: size === 2 && file.u8(at + 13) === 8 ? 'bfloat' : 'float', size, bigEndian };
    case 3:
      return { kind: 'string', size };
    case 5:
      return { kind: 'opaque', size };
    case 8:
      // h5py's bool: an enumeration over one byte.
      return size === 1 ? { kind: 'bool', size, bigEndian } : { kind: 'other', size, name: 'enumeration' };
    case 9:
      return (bits & 15) === 1 ? { kind: 'text', size } : { kind: 'other', size, name: 'variable length' };
    default:
      return { kind: 'other', size, name: classes[kind] ?? `class ${kind}` };
  }
}

const maxRank = 32;

/**
 * Reads a dataspace message: the shape; `[]` for a single element, `[0]` for none at all.
 * @throws {ModelFormatError} for sizes no array can have.
 */
export function readShape(file: Hdf5Bytes, at: number): readonly number[] {
  const version = file.u8(at);
  if (version !== 1 && version !== 2) throw file.unsupported(`version ${version} of a dataspace`);
  const rank = file.u8(at + 1);
  if (rank > maxRank) throw file.error(`at most ${maxRank} dimensions`, `${rank}`);
  if (version === 2 && file.u8(at + 3) === 2) return [0];
  const start = at + (version === 1 ? 8 : 4);
  const shape = Array.from({ length: rank }, (_, i) => file.u64(start + 8 * i));
  if (elementsOf(shape) > 2 ** 40) throw file.error('an array that fits in memory', `one of shape [${shape}]`);
  return shape;
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
