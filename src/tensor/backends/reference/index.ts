import type { TypedArray } from '../../dtype.js';
import { BackendError } from '../../errors.js';
import { invalidOption } from '../../options.js';
import { type Plan, plainStyle } from '../../plan/index.js';
import type { BackendDescription, Configurable, Executable } from '../backend.js';
import { HostBuffer } from './buffer.js';

/** Largest arena asked of the JavaScript engine. */
const maxBytes = 2 ** 32;

/** There is nothing to choose. */
export type ReferenceOptions = Readonly<Record<string, never>>;

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

  async prepare(plan: Plan): Promise<Executable> {
    if (plan.memory.arenaBytes > maxBytes) {
      throw new BackendError({
        operation: plan.name,
        expected: `a plan of at most ${maxBytes} bytes on the reference backend`,
        received: `${plan.memory.arenaBytes} bytes`,
        remedy: 'Use smaller batches.',
      });
    }
    const { runPlan } = await import('./runPlan.js');
    return {
      run: async (bound) => {
        const run = this.#lastRun.then(() => {
          return runPlan(plan, this.#arena.reserve(plan.memory.arenaBytes), bound as readonly HostBuffer[]);
        });
        this.#lastRun = run.catch(() => {});
        return run;
      },
      dispose: () => {},
    };
  }
}

export function createReferenceBackend(options: ReferenceOptions): Configurable<ReferenceOptions> {
  const backend = new ReferenceBackend();
  backend.configure(options);
  return backend;
}
