import { fromBfloat16, fromFloat16, sizeOf, type Tensor, type TypedArray, wrap } from '../../tensor/index.js';
import { asArray, asObject, asString, field, isObject, type JsonObject, parseJson, unexpected } from '../keras/json.js';
import { ModelFormatError } from '../modelFormatError.js';
import { swapToHost } from '../weights/byteOrder.js';
import { plainCopy } from './jsonFile.js';
import type { SavedFile, StoredWeight } from './savedFile.js';

const maxHeader = 2 ** 27;
const maxRank = 16;

/** Bytes of one number, and how the bytes of several are read. */
const kinds: Readonly<Record<string, readonly [size: number, read: (bytes: Uint8Array<ArrayBuffer>) => TypedArray]>> = {
  F64: [8, (bytes) => Float32Array.from(new Float64Array(swapToHost(bytes, 8).buffer))],
  F32: [4, (bytes) => new Float32Array(swapToHost(bytes, 4).buffer)],
  F16: [2, (bytes) => fromFloat16(new Uint16Array(swapToHost(bytes, 2).buffer))],
  BF16: [2, (bytes) => fromBfloat16(new Uint16Array(swapToHost(bytes, 2).buffer))],
  I64: [8, (bytes) => Int32Array.from(new BigInt64Array(swapToHost(bytes, 8).buffer), Number)],
  I32: [4, (bytes) => new Int32Array(swapToHost(bytes, 4).buffer)],
  I16: [2, (bytes) => Int32Array.from(new Int16Array(swapToHost(bytes, 2).buffer))],
  I8: [1, (bytes) => Int32Array.from(new Int8Array(bytes.buffer))],
  U8: [1, (bytes) => bytes],
  BOOL: [1, (bytes) => bytes.map((byte) => (byte === 0 ? 0 : 1))],
};

interface Place {
  readonly dtype: string;
  readonly begin: number;
  readonly end: number;
}

/**
 * Weights in a `.safetensors` file: a header in JSON that names them, and their bytes.
 * @throws {ModelFormatError} if a weight lies outside the file, or over another.
 */
export function openSafetensors(file: string, bytes: Uint8Array, maxBytes: number): SavedFile {
  const { header, data, places } = parse(file, bytes, maxBytes);
  const metadata = field(header, '__metadata__');
  return {
    name: file,
    topology: () => {
      throw new ModelFormatError(file, {
        expected: 'a model',
        received: 'weights only',
        remedy: 'Make the model, and give it the weights with model.loadWeights(…).',
      });
    },
    weights: [...places.keys()],
    read: async (wanted) => {
      const tensors = new Map<StoredWeight, Tensor>();
      for (const [weight, place] of places) if (wanted.has(weight)) tensors.set(weight, read(weight, place, data));
      return tensors;
    },
    metadata: isObject(metadata) ? plainCopy(file, metadata) : {},
    inferenceMode: null,
    training: null,
    optimizer: null,
  };
}

/** All arrays of such a file, with double precision where it has that, and the texts at its beginning. */
export function readSafetensors(
  file: string,
  bytes: Uint8Array,
): { readonly tensors: ReadonlyMap<string, Tensor>; readonly metadata: JsonObject } {
  const { header, data, places } = parse(file, bytes, Infinity);
  const entries = [...places].map(([weight, place]) => {
    const isDouble = place.dtype === 'F64';
    return [weight.name, isDouble ? readDouble(weight, place, data) : read(weight, place, data)] as const;
  });
  return { tensors: new Map(entries), metadata: asObject(file, '__metadata__', field(header, '__metadata__')) };
}

interface Parsed {
  readonly header: JsonObject;
  readonly data: Uint8Array;
  readonly places: ReadonlyMap<StoredWeight, Place>;
}

function parse(file: string, bytes: Uint8Array, maxBytes: number): Parsed {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset, 8).getBigUint64(0, true));
  if (length > Math.min(maxHeader, bytes.length - 8))
    throw unexpected(file, `a header within its ${bytes.length} bytes`, length);
  const header = asObject(file, 'the header', parseJson(file, bytes.subarray(8, 8 + length)));
  const data = bytes.subarray(8 + length);
  if (data.length > maxBytes) throw unexpected(file, `at most ${maxBytes} bytes of weights (maxBytes)`, data.length);
  const places = new Map<StoredWeight, Place>();
  for (const [name, entry] of Object.entries(header)) {
    if (name === '__metadata__') continue;
    const [weight, place] = readEntry(file, name, asObject(file, `'${name}'`, entry), data.length);
    places.set(weight, place);
  }
  checkOverlap(file, [...places.values()]);
  return { header, data, places };
}

function readDouble({ shape }: StoredWeight, { begin, end }: Place, data: Uint8Array): Tensor {
  return wrap(new Float64Array(swapToHost(new Uint8Array(data.subarray(begin, end)), 8).buffer), shape, 'float64');
}

function read({ shape }: StoredWeight, { dtype, begin, end }: Place, data: Uint8Array): Tensor {
  const [, decode] = kinds[dtype] as (typeof kinds)[string];
  const values = decode(new Uint8Array(data.subarray(begin, end)));
  const kind = dtype === 'BOOL' ? 'bool' : dtype === 'U8' ? 'uint8' : dtype.startsWith('I') ? 'int32' : 'float32';
  return wrap(values, shape, kind);
}

function readEntry(file: string, name: string, entry: JsonObject, length: number): readonly [StoredWeight, Place] {
  const dtype = asString(file, `the dtype of '${name}'`, field(entry, 'dtype'));
  const kind = Object.hasOwn(kinds, dtype) ? kinds[dtype] : undefined;
  if (kind === undefined)
    throw unexpected(file, `the dtype of '${name}' to be one of ${Object.keys(kinds).join(', ')}`, dtype);
  const shape = asArray(file, `the shape of '${name}'`, field(entry, 'shape'));
  const isSize = (size: unknown): size is number => Number.isSafeInteger(size) && (size as number) >= 0;
  if (shape.length > maxRank || !shape.every(isSize)) throw unexpected(file, `a shape of '${name}'`, shape);
  const [begin, end] = asArray(file, `data_offsets of '${name}'`, field(entry, 'data_offsets'));
  const size = sizeOf(shape) * kind[0];
  if (!isSize(begin) || !isSize(end) || end > length || end - begin !== size) {
    throw unexpected(file, `'${name}' to have ${size} bytes within ${length}`, [begin, end]);
  }
  return [
    { name, shape },
    { dtype, begin, end },
  ];
}

function checkOverlap(file: string, places: readonly Place[]): void {
  const sorted = places.filter(({ begin, end }) => end > begin).sort((a, b) => a.begin - b.begin);
  const over = sorted.find(({ begin }, i) => i > 0 && begin < (sorted[i - 1] as Place).end);
  if (over !== undefined) throw unexpected(file, 'weights with bytes of their own', `two at byte ${over.begin}`);
}
