import { allocate, bytesPerElement, type TypedArray, viewOf } from '../../dtype.js';
import { BackendError } from '../../errors.js';
import type { PrimitiveName } from '../../ops/index.js';
import { invalidOption } from '../../options.js';
import { aliasOwners, type Plan, plainStyle, type Step, type Value, type ValueId } from '../../plan/index.js';
import { sizeOf } from '../../shape.js';
import type { DeviceBuffer } from '../../storage.js';
import type { BackendDescription, Configurable, Executable } from '../backend.js';
import type { Block, Kernel } from './block.js';
import { referenceKernels } from './kernels/index.js';

/** Largest arena asked of the JavaScript engine. */
const maxBytes = 2 ** 32;

/** Milliseconds of computing after which other work of the program gets a turn. */
const patience = 50;

/** There is nothing to choose. */
export type ReferenceOptions = Readonly<Record<string, never>>;

class HostBuffer implements DeviceBuffer {
  constructor(readonly array: TypedArray) {}

  get size(): number {
    return this.array.length;
  }
}

/** Intermediates of all plans live here, one plan at a time; it only ever grows. */
class Arena {
  #bytes = new ArrayBuffer(0);

  reserve(bytes: number): ArrayBuffer {
    if (this.#bytes.byteLength < bytes) this.#bytes = new ArrayBuffer(bytes);
    return this.#bytes;
  }
}

/**
 * The readable definition of every primitive: plain loops, one step after the other. It runs everything, in `float32`
 * and `float64`, and is what other backends are compared with.
 */
class ReferenceBackend implements Configurable<ReferenceOptions> {
  readonly style = plainStyle;
  readonly #arena = new Arena();
  #lastRun: Promise<unknown> = Promise.resolve();

  describe(): BackendDescription {
    return { name: 'reference', device: 'plain JavaScript', kind: 'software', maxBytes };
  }

  /** Tensors never change, so the "device" may share the host's array. */
  upload(array: TypedArray): HostBuffer {
    return new HostBuffer(array);
  }

  async download(buffer: HostBuffer): Promise<TypedArray> {
    return buffer.array;
  }

  free(): void {
    // The garbage collector's work.
  }

  holds(): boolean {
    return true;
  }

  configure(options: ReferenceOptions): void {
    const [name] = Object.keys(options);
    if (name !== undefined) throw invalidOption("setBackend('reference')", 'options', 'none', name, 'It takes none.');
  }

  async rest(): Promise<void> {
    // It has no threads.
  }

  prepare(plan: Plan): Executable {
    if (plan.memory.arenaBytes > maxBytes) {
      throw new BackendError({
        operation: plan.name,
        expected: `a plan of at most ${maxBytes} bytes on the reference backend`,
        received: `${plan.memory.arenaBytes} bytes`,
        remedy: 'Use smaller batches.',
      });
    }
    return {
      run: async (bound) => {
        const run = this.#lastRun.then(() => this.#run(plan, bound as readonly HostBuffer[]));
        this.#lastRun = run.catch(() => {});
        return run;
      },
      dispose: () => {},
    };
  }

  async #run(plan: Plan, bound: readonly HostBuffer[]): Promise<readonly HostBuffer[]> {
    const arena = this.#arena.reserve(plan.memory.arenaBytes);
    const owners = aliasOwners(plan.values, plan.steps);
    const blocks = new Map<ValueId, Block>();
    plan.bound.forEach((id, i) => {
      const { shape, dtype } = plan.values[id] as Value;
      blocks.set(id, { data: (bound[i] as HostBuffer).array, shape, dtype });
    });
    let turn = performance.now();
    for (const index of plan.groups.flatMap(({ steps }) => steps)) {
      const step = plan.steps[index] as Step;
      const { shape, dtype } = plan.values[step.output] as Value;
      const owner = blocks.get(owners.get(step.output) ?? step.output);
      const data = owner?.data ?? arrayFor(arena, plan, step.output);
      blocks.set(step.output, { data, shape, dtype });
      if (owner === undefined) {
        const inputs = step.inputs.map((id) => blocks.get(id) as Block);
        runKernel(step, blocks.get(step.output) as Block, inputs);
      }
      if (performance.now() - turn > patience) {
        await otherWork();
        turn = performance.now();
      }
    }
    const given = new Set<TypedArray>(bound.map(({ array }) => array));
    return plan.results.map((id) => {
      const { data } = blocks.get(id) as Block;
      const own = given.has(data) ? data.slice() : data;
      given.add(own);
      return new HostBuffer(own);
    });
  }
}

function runKernel<K extends PrimitiveName>(step: Step & { op: K }, output: Block, inputs: readonly Block[]): void {
  const kernel: Kernel<K> = referenceKernels[step.op];
  kernel(output, inputs, step.params as Parameters<Kernel<K>>[2]);
}

/** The slot of a value in the arena; an array of its own if it has none, as results do. */
function arrayFor(arena: ArrayBuffer, plan: Plan, id: ValueId): TypedArray {
  const { shape, dtype } = plan.values[id] as Value;
  const size = sizeOf(shape);
  const slot = plan.memory.slots.get(id);
  if (slot === undefined) return allocate(dtype, size);
  // An empty array may stand at the very end, where no element would fit.
  return viewOf(dtype, arena, Math.min(slot.offset, arena.byteLength - size * bytesPerElement(dtype)), size);
}

function otherWork(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

export function createReferenceBackend(options: ReferenceOptions): Configurable<ReferenceOptions> {
  const backend = new ReferenceBackend();
  backend.configure(options);
  return backend;
}
