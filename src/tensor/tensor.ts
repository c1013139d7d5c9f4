import { allocate, type DType, isTypedArray, type TypedArray, toTypedArray, truth } from './dtype.js';
import { ArgumentError, formatShape, TraceError } from './errors.js';
import { checkShape, type Shape, sizeOf } from './shape.js';
import { Storage } from './storage.js';

/** Numbers nested like the dimensions they fill; a scalar is a plain number. */
export type NestedArray = number | readonly NestedArray[];

let nextId = 0;
let origin = '';

/** Runs `body`; the tensors it makes say that they come from `name`. */
export function withOrigin<R>(name: string, body: () => R): R {
  const outer = origin;
  origin = name;
  try {
    return body();
  } finally {
    origin = outer;
  }
}

/** The origin that tensors made now would get. */
export function currentOrigin(): string {
  return origin;
}

/**
 * An immutable value: `op` applied to `inputs` under `params`. Building one is synchronous and checks shapes on the
 * spot; nothing is computed until somebody reads it with `await t.data()`.
 *
 * Three kinds of tensor have no inputs and are not computed: `constant` (its numbers are known), `placeholder` (an
 * input of a plan) and `variable` (what a variable will hold when a plan runs).
 */
export class Tensor {
  /** Order of creation. Inputs are always older than what is made of them. */
  readonly id: number = nextId++;
  /** Which part of a program made it, as in `base/conv1`; gradients are marked with a leading `∇`. */
  readonly origin: string = origin;
  /** Where the numbers are, once they are known. A tensor that has been computed counts as known from then on. */
  storage: Storage | null = null;

  constructor(
    readonly op: string,
    readonly inputs: readonly Tensor[],
    readonly params: unknown,
    readonly shape: Shape,
    readonly dtype: DType,
  ) {}

  /** Number of dimensions. */
  get rank(): number {
    return this.shape.length;
  }

  /** Number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /**
   * The numbers, row-major, as a copy that belongs to the caller.
   * @throws {TraceError} inside a trace, or if the tensor depends on a placeholder.
   */
  async data(): Promise<TypedArray> {
    return (await (await computed(this)).host()).slice();
  }

  /** The numbers as nested arrays; a scalar gives a number. */
  async array(): Promise<NestedArray> {
    return nest(await (await computed(this)).host(), this.shape);
  }

  /** The only number of a tensor of one element. @throws {ArgumentError} if there are more. */
  async item(): Promise<number> {
    if (this.size !== 1) {
      throw new ArgumentError({
        operation: 'item',
        expected: 'a tensor of one element',
        received: `shape ${formatShape(this.shape)}`,
        remedy: 'Use data() or array() for more than one number.',
      });
    }
    return (await (await computed(this)).host())[0] as number;
  }

  toString(): string {
    return `Tensor(${this.op}, ${formatShape(this.shape)}, ${this.dtype})`;
  }
}

/** A tensor whose numbers are known. */
export function constantTensor(storage: Storage, shape: Shape, dtype: DType): Tensor {
  const constant = new Tensor('constant', [], null, shape, dtype);
  constant.storage = storage;
  return constant;
}

/** Wraps an array without copying it; the caller gives up writing to it. */
export function wrap(array: TypedArray, shape: Shape, dtype: DType): Tensor {
  return constantTensor(Storage.fromHost(array), shape, dtype);
}

/** Computes tensors. Installed by `plan/`, which this file must not know: reading is running a one-off plan. */
export type Evaluator = (tensors: readonly Tensor[]) => Promise<readonly Storage[]>;

let evaluator: Evaluator = () => {
  throw new TraceError({
    operation: 'data',
    expected: 'an installed evaluator',
    received: 'none',
    remedy: "Import from 'mapache' or 'mapache/tensor' rather than from single files.",
  });
};

export function installEvaluator(evaluate: Evaluator): void {
  evaluator = evaluate;
}

/** The storages of tensors, computed together if need be. */
export async function evaluate(tensors: readonly Tensor[]): Promise<readonly Storage[]> {
  return evaluator(tensors);
}

async function computed(tensor: Tensor): Promise<Storage> {
  return (await evaluate([tensor]))[0] as Storage;
}

function nest(data: TypedArray, shape: Shape): NestedArray {
  let position = 0;
  const level = (axis: number): NestedArray =>
    axis === shape.length
      ? (data[position++] as number)
      : Array.from({ length: shape[axis] as number }, () => level(axis + 1));
  return level(0);
}

/** Any strided view in the manner of scijs `ndarray`. */
export interface StridedView {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
}

/** What `tensor` turns into a tensor. */
export type TensorData = NestedArray | TypedArray | StridedView;

/** A dense row-major copy of a strided view. */
export function denseCopy(view: StridedView, dtype: DType): TypedArray {
  const dense = allocate(dtype, sizeOf(view.shape));
  let position = 0;
  const walk = (axis: number, offset: number): void => {
    if (axis === view.shape.length) {
      const value = view.data[offset] as number;
      dense[position++] = dtype === 'bool' ? truth(value) : value;
      return;
    }
    const stride = view.stride[axis] as number;
    for (let i = 0; i < (view.shape[axis] as number); i++) walk(axis + 1, offset + i * stride);
  };
  walk(0, view.offset);
  return dense;
}

export function isStridedView(value: unknown): value is StridedView {
  return typeof value === 'object' && value !== null && 'stride' in value && 'offset' in value && 'shape' in value;
}

/** Shape and numbers of nested arrays. @throws {ArgumentError} if siblings differ in length or an item is no number. */
export function flattenNested(values: NestedArray): { readonly shape: Shape; readonly flat: readonly number[] } {
  const shape: number[] = [];
  for (let level: NestedArray | undefined = values; Array.isArray(level); level = level[0]) shape.push(level.length);
  const flat: number[] = [];
  const walk = (value: NestedArray, axis: number): void => {
    const isLeaf = axis === shape.length;
    if (isLeaf ? typeof value !== 'number' : !Array.isArray(value) || value.length !== shape[axis]) {
      throw new ArgumentError({
        operation: 'tensor',
        expected: `${isLeaf ? 'a number' : `an array of ${shape[axis]}`} at depth ${axis}`,
        received: Array.isArray(value) ? `an array of ${value.length}` : typeof value,
        remedy: 'Nested arrays must be rectangular and hold numbers only.',
      });
    }
    if (isLeaf) flat.push(value as number);
    else for (const item of value as readonly NestedArray[]) walk(item, axis + 1);
  };
  walk(values, 0);
  return { shape, flat };
}

/**
 * A constant tensor from a number, nested arrays, a typed array or a strided `ndarray` view. The numbers are copied.
 *
 * @param shape taken from the data by default; a typed array or flat list may be given any shape of its size.
 * @param dtype the typed array's own, otherwise `floatx()`.
 * @throws {ArgumentError} if the data is ragged or does not fill `shape`.
 */
export function tensorFrom(data: TensorData, shape: Shape | undefined, dtype: DType): Tensor {
  let array: TypedArray;
  let natural: Shape;
  if (isTypedArray(data)) {
    array = toTypedArray(dtype, data);
    natural = [data.length];
  } else if (isStridedView(data)) {
    array = denseCopy(data, dtype);
    natural = [...data.shape];
  } else {
    const nested = flattenNested(data);
    array = toTypedArray(dtype, nested.flat);
    natural = nested.shape;
  }
  const final = checkShape('tensor', [...(shape ?? natural)]);
  if (sizeOf(final) !== array.length) {
    throw new ArgumentError({
      operation: 'tensor',
      expected: `${sizeOf(final)} numbers for shape ${formatShape(final)}`,
      received: `${array.length} numbers`,
      remedy: 'Give as many numbers as the shape holds.',
    });
  }
  return wrap(array, final, dtype);
}
