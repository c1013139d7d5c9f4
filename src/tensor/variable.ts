import { type DType, floatx, isTypedArray } from './dtype.js';
import { DTypeError, ShapeMismatchError } from './errors.js';
import { type Shape, sameShape } from './shape.js';
import { Storage } from './storage.js';
import { constantTensor, evaluate, Tensor, type TensorData, tensorFrom } from './tensor.js';

/** What a trace does when the function it follows touches a variable. */
export interface TraceScope {
  /** The tensor that stands for the variable inside the trace. */
  read(variable: Variable): Tensor;
  /** Records that the variable shall hold `next` once every output has been computed. */
  assign(variable: Variable, next: Tensor): void;
}

let scope: TraceScope | null = null;

/** The trace being recorded, if any. */
export function currentScope(): TraceScope | null {
  return scope;
}

/** Runs `body` with `next` recording what it does to variables. */
export function withScope<R>(next: TraceScope | null, body: () => R): R {
  const outer = scope;
  scope = next;
  try {
    return body();
  } finally {
    scope = outer;
  }
}

/** Options of a variable; each has a default. */
export interface VariableOptions {
  /** Last part of the path, as in `kernel`. @defaultValue `'variable'` */
  readonly name?: string;
  /** Whether gradients are wanted for it. @defaultValue `true` */
  readonly trainable?: boolean;
  /** @defaultValue the tensor's or typed array's own, otherwise `floatx()` */
  readonly dtype?: DType;
  /** Brings values back within a bound; optimizers apply it after every update. @defaultValue `null` */
  readonly constraint?: ((value: Tensor) => Tensor) | null;
}

/**
 * A named cell, and the only thing that changes. `value` is an immutable tensor; `assign` replaces it and counts
 * `version` up, which is what caches look at.
 */
export class Variable {
  /** Where the variable stands, as in `conv1/kernel`. Set by the layer that owns it. */
  path: string;
  readonly name: string;
  readonly shape: Shape;
  readonly dtype: DType;
  trainable: boolean;
  /** Brings values back within a bound. Only optimizers apply it, after every update; `assign` does not. */
  readonly constraint: ((value: Tensor) => Tensor) | null;
  #version = 0;
  #value: Tensor;
  /** Whether nobody else can reach the numbers, so that their memory can be given back as soon as they are replaced. */
  #isPrivate: boolean;

  /** @param initial a tensor is not computed before somebody needs it. */
  constructor(initial: Tensor | TensorData, options: VariableOptions = {}) {
    const start =
      initial instanceof Tensor ? initial : tensorFrom(initial, undefined, options.dtype ?? naturalDType(initial));
    this.name = options.name ?? 'variable';
    this.path = this.name;
    this.trainable = options.trainable ?? true;
    this.constraint = options.constraint ?? null;
    this.shape = start.shape;
    this.dtype = start.dtype;
    this.#value = asLeaf(start);
    this.#isPrivate = start !== initial || start.storage === null;
  }

  /** Counts assignments. */
  get version(): number {
    return this.#version;
  }

  /** What the variable holds; inside a trace, what it will hold when the plan runs. */
  get value(): Tensor {
    return scope?.read(this) ?? this.#share();
  }

  /**
   * Replaces the value. Inside a trace this is an effect: it takes place after everything else has been computed.
   * @throws {ShapeMismatchError | DTypeError} if `next` has another shape or dtype; nothing changes then.
   */
  assign(next: Tensor | TensorData): void {
    const value =
      next instanceof Tensor ? next : tensorFrom(next, isTypedArray(next) ? this.shape : undefined, this.dtype);
    if (!sameShape(value.shape, this.shape)) {
      throw new ShapeMismatchError(
        `assign to ${this.path}`,
        this.shape,
        value.shape,
        "A variable's shape never changes.",
      );
    }
    if (value.dtype !== this.dtype) throw new DTypeError(`assign to ${this.path}`, this.dtype, value.dtype);
    if (scope !== null) {
      scope.assign(this, value);
      return;
    }
    this.#replace(asLeaf(value), value !== next || value.storage === null);
  }

  /** Replaces the value by numbers that nobody else can reach. For plans. */
  take(storage: Storage): void {
    this.#replace(constantTensor(storage, this.shape, this.dtype), true);
  }

  /** A new variable that starts with what this one holds now, whatever a trace has assigned to it. */
  copy(options: Omit<VariableOptions, 'dtype'> = {}): Variable {
    return new Variable(this.#share(), options);
  }

  /** Where the present numbers are, to keep; later assignments do not change them. For saving. */
  get storage(): Storage {
    return this.#share().storage as Storage;
  }

  /** The same, for whoever reads them before the next assignment. For plans. */
  get presentStorage(): Storage {
    return this.#value.storage as Storage;
  }

  /** The value, for somebody who may keep it. */
  #share(): Tensor {
    this.#isPrivate = false;
    return this.#value;
  }

  #replace(value: Tensor, isPrivate: boolean): void {
    const { storage } = this.#value;
    if (this.#isPrivate) storage?.release();
    this.#value = value;
    this.#isPrivate = isPrivate;
    this.#version++;
  }

  toString(): string {
    return `Variable(${this.path}, [${this.shape.join(', ')}], ${this.dtype}${this.trainable ? '' : ', not trainable'})`;
  }
}

/** A leaf with the numbers of `tensor`, so that the graph that computes them can be forgotten afterwards. */
function asLeaf(tensor: Tensor): Tensor {
  const storage = tensor.storage ?? Storage.lazy(() => evaluateInBatch(tensor));
  return constantTensor(storage, tensor.shape, tensor.dtype);
}

/** Elements of a batch of initial values, beyond which another one is begun: they are on a device all at once. */
const batchSize = 2 ** 22;

interface Batch {
  readonly tensors: Tensor[];
  readonly storages: Promise<readonly Storage[]>;
  size: number;
}

let batch: Batch | null = null;

/** A plan that needs hundreds of fresh variables asks for all of them at the same moment: one plan computes them. */
async function evaluateInBatch(tensor: Tensor): Promise<Storage> {
  if (batch === null || batch.size + tensor.size > batchSize) batch = newBatch();
  const place = batch.tensors.push(tensor) - 1;
  batch.size += tensor.size;
  return (await batch.storages)[place] as Storage;
}

function newBatch(): Batch {
  const tensors: Tensor[] = [];
  const storages = Promise.resolve().then(() => {
    batch = null;
    return evaluate(tensors);
  });
  return { tensors, storages, size: 0 };
}

function naturalDType(data: TensorData): DType {
  return data instanceof Int32Array ? 'int32' : data instanceof Uint8Array ? 'uint8' : floatx();
}
