import {
  ArgumentError,
  allocate,
  type DType,
  denseCopy,
  dtypeOf,
  evaluate,
  floatx,
  isTypedArray,
  type Shape,
  type StridedView,
  sizeOf,
  Tensor,
  type TypedArray,
  wrap,
} from '../../tensor/index.js';
import type { Samples } from './arrayData.js';

/** Samples on the host, ready to be gathered into batches. */
export interface Rows {
  readonly count: number;
  /** Shape of one sample. */
  readonly shape: Shape;
  readonly dtype: DType;
  /** The samples at `indices`, in that order, as a tensor of their own. */
  gather(indices: ArrayLike<number>): Tensor;
}

type CopyRow = (row: number, out: TypedArray, position: number) => void;

/**
 * Brings samples to the host, once. A tensor is computed if need be; a view is read where it is, row by row.
 * @throws {ArgumentError} if there is no axis to count samples along.
 */
export async function readRows(operation: string, samples: Samples): Promise<Rows> {
  const [count, ...shape] = samples.shape;
  if (count === undefined) {
    throw new ArgumentError({
      operation,
      expected: 'samples along the first axis',
      received: 'a scalar',
      remedy: 'Stack the samples into one tensor.',
    });
  }
  const width = sizeOf(shape);
  const dtype = samples instanceof Tensor ? samples.dtype : naturalDType(samples);
  const copyRow = samples instanceof Tensor ? fromArray(await hostArray(samples), width) : fromView(samples, dtype);
  const gather = (indices: ArrayLike<number>): Tensor => {
    const out = allocate(dtype, indices.length * width);
    for (let i = 0; i < indices.length; i++) copyRow(indices[i] as number, out, i * width);
    return wrap(out, [indices.length, ...shape], dtype);
  };
  return { count, shape, dtype, gather };
}

async function hostArray(tensor: Tensor): Promise<TypedArray> {
  const [storage] = await evaluate([tensor]);
  return (storage as NonNullable<typeof storage>).host();
}

function fromArray(array: TypedArray, width: number): CopyRow {
  return (row, out, position) => out.set(array.subarray(row * width, (row + 1) * width), position);
}

function fromView({ data, shape, stride, offset }: StridedView, dtype: DType): CopyRow {
  const [rowStride = 0, ...inner] = stride;
  return (row, out, position) => {
    const view = { data, shape: shape.slice(1), stride: inner, offset: offset + row * rowStride };
    out.set(denseCopy(view, dtype), position);
  };
}

function naturalDType({ data }: StridedView): DType {
  return isTypedArray(data) ? dtypeOf(data) : floatx();
}
