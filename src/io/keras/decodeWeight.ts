import { fromFloat16, sizeOf, type Tensor, type TypedArray, wrap } from '../../tensor/index.js';
import { swapToHost } from '../weights/byteOrder.js';
import type { WeightEntry } from './manifest.js';

/** The numbers of a weight from its bytes, which must be as many as `byteLengthOf` says and belong to nobody else. */
export function decodeWeight(entry: WeightEntry, bytes: Uint8Array<ArrayBuffer>): Tensor {
  return wrap(decode(entry, bytes), entry.shape, entry.dtype);
}

function decode({ shape, dtype, quantization }: WeightEntry, bytes: Uint8Array<ArrayBuffer>): TypedArray {
  if (quantization !== null) {
    if (quantization.dtype === 'float16') return fromFloat16(halves(bytes));
    const steps = quantization.dtype === 'uint8' ? bytes : halves(bytes);
    const { scale, min } = quantization;
    const values = dtype === 'int32' ? new Int32Array(sizeOf(shape)) : new Float32Array(sizeOf(shape));
    // In double precision, rounded once: what the tools that quantize assume.
    for (let i = 0; i < values.length; i++) {
      const value = (steps[i] as number) * scale + min;
      values[i] = dtype === 'int32' ? Math.round(value) : value;
    }
    return values;
  }
  switch (dtype) {
    case 'float32':
      return new Float32Array(swapToHost(bytes, 4).buffer);
    case 'int32':
      return new Int32Array(swapToHost(bytes, 4).buffer);
    case 'bool':
      return bytes.map((byte) => (byte === 0 ? 0 : 1));
    case 'uint8':
      return bytes;
    default:
      throw new Error(`unknown dtype ${dtype satisfies never}`);
  }
}

function halves(bytes: Uint8Array<ArrayBuffer>): Uint16Array {
  return new Uint16Array(swapToHost(bytes, 2).buffer);
}
