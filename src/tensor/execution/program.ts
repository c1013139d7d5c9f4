import type { Backend, Executable } from '../backends/index.js';
import type { Plan, Value } from '../plan/index.js';
import { type DeviceBuffer, Storage } from '../storage.js';
import { constantTensor, evaluate, type Tensor } from '../tensor.js';
import type { Variable } from '../variable.js';

/** A plan on a backend, with the values it keeps between runs. */
export class Program {
  readonly #backend: Backend;
  readonly #executable: Executable;
  readonly #prelude: Program | null;
  /** What the prelude depends on. */
  readonly #watched: readonly Variable[];
  #hoisted: readonly Tensor[] = [];
  #versions = '';

  constructor(
    readonly plan: Plan,
    backend: Backend,
  ) {
    this.#backend = backend;
    this.#executable = backend.prepare(plan);
    this.#prelude = plan.prelude === null ? null : new Program(plan.prelude, backend);
    this.#watched = plan.prelude === null ? [] : variablesOf(plan.prelude);
  }

  /** Computes the outputs, then lets the effects take place together. If anything fails, nothing has changed. */
  async run(inputs: readonly Tensor[]): Promise<readonly Tensor[]> {
    const { plan } = this;
    const hoisted = await this.#refresh();
    await evaluate(inputs);
    const bound = await Promise.all(plan.bound.map((id) => this.#bind(plan.values[id] as Value, inputs, hoisted)));
    const buffers = await this.#executable.run(bound);
    const results = plan.results.map((id, i) => {
      const { shape, dtype } = plan.values[id] as Value;
      return constantTensor(Storage.fromDevice(this.#backend, buffers[i] as DeviceBuffer), shape, dtype);
    });
    plan.effects.forEach(({ variable }, i) => {
      variable.assign(results[plan.outputs.length + i] as Tensor);
    });
    return results.slice(0, plan.outputs.length);
  }

  dispose(): void {
    this.#executable.dispose();
    this.#prelude?.dispose();
    this.#hoisted = [];
    this.#versions = '';
  }

  /**
   * What the prelude gives; it runs again if a variable it depends on has changed since. A run keeps what it was given:
   * the program may be disposed of meanwhile.
   */
  async #refresh(): Promise<readonly Tensor[]> {
    if (this.#prelude === null) return [];
    const versions = this.#watched.map(({ version }) => version).join(' ');
    if (this.#hoisted.length === 0 || versions !== this.#versions) {
      this.#hoisted = await this.#prelude.run([]);
      this.#versions = versions;
    }
    return this.#hoisted;
  }

  async #bind({ source }: Value, inputs: readonly Tensor[], hoisted: readonly Tensor[]): Promise<DeviceBuffer> {
    switch (source.kind) {
      case 'input':
        return storageOf(inputs[source.position]).on(this.#backend);
      case 'hoisted':
        return storageOf(hoisted[source.position]).on(this.#backend);
      case 'variable':
        return source.variable.storage.on(this.#backend);
      case 'constant':
        return source.storage.on(this.#backend);
      case 'step':
        throw new Error('a step is never bound');
      default:
        throw new Error(`unknown source ${source satisfies never}`);
    }
  }
}

function storageOf(tensor: Tensor | undefined): Storage {
  return (tensor as Tensor).storage as Storage;
}

function variablesOf(plan: Plan): readonly Variable[] {
  return plan.values.flatMap(({ source }) => (source.kind === 'variable' ? [source.variable] : []));
}
