import { ArgumentError, formatValue } from './errors.js';

/**
 * Kinds of number a tensor may hold. `bool` is stored as one byte, 0 or 1. `float64` exists for checks
 * and runs on the reference backend only.
 */
export type DType = 'float32' | 'float64' | 'int32' | 'uint8' | 'bool';

/** The array a dtype lives in on the host. */
export type TypedArray = Float32Array | Float64Array | Int32Array | Uint8Array;

const arrayTypes = {
  float32: Float32Array,
  float64: Float64Array,
  int32: Int32Array,
  uint8: Uint8Array,
  bool: Uint8Array,
} as const satisfies Record<DType, unknown>;

export const dtypes = Object.keys(arrayTypes) as readonly DType[];

/** Bytes of one element. */
export function bytesPerElement(dtype: DType): number {
  return arrayTypes[dtype].BYTES_PER_ELEMENT;
}

/** A zeroed host array of `size` elements. */
export function allocate(dtype: DType, size: number): TypedArray {
  return new arrayTypes[dtype](size);
}

/** A host array over existing bytes. `byteOffset` must be a multiple of the element size. */
export function viewOf(dtype: DType, buffer: ArrayBuffer, byteOffset: number, size: number): TypedArray {
  return new arrayTypes[dtype](buffer, byteOffset, size);
}

/** Copies numbers into a new host array of `dtype`; as `bool`, everything but 0 is 1. */
export function toTypedArray(dtype: DType, values: ArrayLike<number>): TypedArray {
  return dtype === 'bool' ? Uint8Array.from(values, truth) : arrayTypes[dtype].from(values);
}

/** How a number is stored as `bool`. */
export function truth(value: number): number {
  return value === 0 ? 0 : 1;
}

/** The dtype a host array naturally has; a `Uint8Array` is `uint8`, never `bool`. */
export function dtypeOf(array: TypedArray): DType {
  if (array instanceof Float32Array) return 'float32';
  if (array instanceof Float64Array) return 'float64';
  if (array instanceof Int32Array) return 'int32';
  return 'uint8';
}

export function isTypedArray(value: unknown): value is TypedArray {
  return (
    value instanceof Float32Array ||
    value instanceof Float64Array ||
    value instanceof Int32Array ||
    value instanceof Uint8Array
  );
}

export function isFloating(dtype: DType): dtype is FloatDType {
  return dtype === 'float32' || dtype === 'float64';
}

export type FloatDType = 'float32' | 'float64';

let defaultFloat: FloatDType = 'float32';

/** The dtype that numbers and new variables get when none is given (Keras's `floatx`). */
export function floatx(): FloatDType {
  return defaultFloat;
}

/**
 * Sets the default floating dtype. Models run in `float32`; gradient checks set `float64`.
 * @throws {ArgumentError} for any other dtype.
 */
export function setFloatx(dtype: FloatDType): void {
  if (dtype !== 'float32' && dtype !== 'float64') {
    throw new ArgumentError({
      operation: 'setFloatx',
      expected: "'float32' or 'float64'",
      received: formatValue(dtype),
      remedy: 'Half precision exists for storage only.',
    });
  }
  defaultFloat = dtype;
}
