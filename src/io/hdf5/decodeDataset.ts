import { type DType, type Tensor, type TypedArray, wrap } from '../../tensor/index.js';
import { fromBfloat16, fromFloat16 } from '../weights/float16.js';
import { type Datatype, elementsOf } from './datatype.js';
import type { Hdf5Dataset } from './hdf5Dataset.js';

type Fail = (expected: string, received: string) => Error;

/** Dtype that the numbers of a dataset have here, or `null` if they are no numbers. */
export function dtypeOfDataset(dataset: Hdf5Dataset): DType | null {
  const { datatype } = dataset;
  switch (datatype.kind) {
    case 'float':
    case 'bfloat':
      return 'float32';
    case 'uint':
      return datatype.size === 1 ? 'uint8' : 'int32';
    case 'int':
      return 'int32';
    case 'bool':
      return 'bool';
    case 'opaque':
      return datatype.size === 2 && dataset.texts('dtype')?.[0] === 'bfloat16' ? 'float32' : null;
    default:
      return null;
  }
}

/**
 * The numbers of a dataset: floats of any precision as float32, integers as int32 (bytes as uint8).
 * @param fail makes the error for numbers that have no place here.
 */
export function decodeDataset(dataset: Hdf5Dataset, fail: Fail): Tensor {
  const dtype = dtypeOfDataset(dataset);
  if (dtype === null) throw fail('numbers', `elements of kind '${dataset.datatype.kind}'`);
  const bytes = dataset.read();
  const { size } = dataset.datatype;
  const values = decode(dataset.datatype, toLittleEndian(dataset.datatype, bytes), elementsOf(dataset.shape), fail);
  if (values === null) throw fail('numbers of 1, 2, 4 or 8 bytes', `${size} bytes`);
  return wrap(values, dataset.shape, dtype);
}

function toLittleEndian(datatype: Datatype, bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (!('bigEndian' in datatype) || !datatype.bigEndian) return bytes;
  for (let i = 0; i < bytes.length; i += datatype.size) bytes.subarray(i, i + datatype.size).reverse();
  return bytes;
}

function decode(datatype: Datatype, bytes: Uint8Array<ArrayBuffer>, count: number, fail: Fail): TypedArray | null {
  const { buffer } = bytes;
  const view = new DataView(buffer);
  const map = (read: (at: number) => number): Int32Array =>
    Int32Array.from({ length: count }, (_, i) => asInt32(read(i * datatype.size), fail));
  switch (`${datatype.kind}${datatype.size}`) {
    case 'float4':
      return new Float32Array(buffer);
    case 'float8':
      return Float32Array.from({ length: count }, (_, i) => view.getFloat64(8 * i, true));
    case 'float2':
      return fromFloat16(Uint16Array.from({ length: count }, (_, i) => view.getUint16(2 * i, true)));
    case 'bfloat2':
    case 'opaque2':
      return fromBfloat16(Uint16Array.from({ length: count }, (_, i) => view.getUint16(2 * i, true)));
    case 'uint1':
      return bytes;
    case 'bool1':
      return bytes.map((byte) => (byte === 0 ? 0 : 1));
    case 'int1':
      return map((at) => view.getInt8(at));
    case 'int2':
      return map((at) => view.getInt16(at, true));
    case 'uint2':
      return map((at) => view.getUint16(at, true));
    case 'int4':
      return map((at) => view.getInt32(at, true));
    case 'uint4':
      // The state of a random generator uses all 32 bits.
      return map((at) => view.getInt32(at, true));
    case 'int8':
    case 'uint8':
      return map((at) => Number(view.getBigInt64(at, true)));
    default:
      return null;
  }
}

function asInt32(value: number, fail: Fail): number {
  if (value >= -(2 ** 31) && value < 2 ** 31) return value;
  throw fail('integers of 32 bits', `${value}`);
}
