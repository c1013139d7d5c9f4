import type { Backend, Executable } from '../backends/index.js';
import type { Plan, Value } from '../plan/index.js';
import { type DeviceBuffer, Storage } from '../storage.js';
import { constantTensor, evaluate, type Tensor } from '../tensor.js';
import type { Variable } from '../variable.js';

/** Looks at outputs; throws or rejects if they are not to be accepted. */
export type Accept = (outputs: readonly Tensor[]) => void | Promise<void>;

/** A plan on a backend, with the values it keeps between runs. */
export class Program {
  readonly #backend: Backend;
  #executable: Promise<Executable> | null = null;
  readonly #prelude: Program | null;
  /** What the prelude depends on. */
  readonly #watched: readonly Variable[];
  #hoisted: readonly Tensor[] = [];
  #versions = '';
  #runs = 0;

  constructor(
    readonly plan: Plan,
    backend: Backend,
  ) {
    this.#backend = backend;
    this.#prelude = plan.prelude === null ? null : new Program(plan.prelude, backend);
    this.#watched = plan.prelude === null ? [] : variablesOf(plan.prelude);
  }

  /**
   * Computes the outputs, then lets the effects take place together. If anything fails, nothing has changed.
   * @param accept looks at the outputs in between; effects wait for it, and do not take place if it throws.
   */
  async run(inputs: readonly Tensor[], accept?: Accept): Promise<readonly Tensor[]> {
    const { plan } = this;
    const buffers = await this.#compute(inputs);
    for (const input of inputs) storageOf(input).disposeOnce();
    const results = buffers.map((buffer) => Storage.fromDevice(this.#backend, buffer));
    const outputs = plan.outputs.map((id, i) => {
      const { shape, dtype } = plan.values[id] as Value;
      return constantTensor(results[i] as Storage, shape, dtype);
    });
    const updates = results.slice(outputs.length);
    try {
      await accept?.(outputs);
    } catch (error) {
      for (const storage of updates) storage.release();
      for (const { storage } of outputs) storage?.dispose();
      throw error;
    }
    plan.effects.forEach(({ variable }, i) => {
      variable.take(updates[i] as Storage);
    });
    return outputs;
  }

  dispose(): void {
    // Nobody hears of a refusal here: the run that asked for it does.
    this.#executable?.then((executable) => executable.dispose()).catch(() => {});
    this.#prelude?.dispose();
    // A run under way keeps what it was given.
    if (this.#runs === 0) this.#forget();
    this.#hoisted = [];
  }

  /** What runs the plan, made at the first run. A backend that refuses it does so before anything has been computed. */
  async #prepare(): Promise<Executable> {
    this.#executable ??= this.#backend.prepare(this.plan);
    try {
      const executable = await this.#executable;
      if (this.#prelude !== null) await this.#prelude.#prepare();
      return executable;
    } catch (error) {
      // Loading what it takes may succeed the next time.
      this.#executable = null;
      throw error;
    }
  }

  async #compute(inputs: readonly Tensor[]): Promise<readonly DeviceBuffer[]> {
    const { plan } = this;
    this.#runs++;
    let storages: readonly Storage[] = [];
    try {
      const executable = await this.#prepare();
      await evaluate(inputs);
      const hoisted = await this.#refresh();
      storages = plan.bound.map((id) => storageFor(plan.values[id] as Value, inputs, hoisted));
      for (const storage of storages) storage.hold();
      return await executable.run(await Promise.all(storages.map((storage) => storage.on(this.#backend))));
    } catch (error) {
      // A device that fails may have lost what was kept there.
      this.#forget();
      throw error;
    } finally {
      for (const storage of storages) storage.letGo();
      this.#runs--;
    }
  }

  /** What the prelude gives; it runs again if a variable it depends on has changed since. */
  async #refresh(): Promise<readonly Tensor[]> {
    if (this.#prelude === null) return [];
    const versions = this.#watched.map(({ version }) => version).join(' ');
    if (this.#hoisted.length === 0 || versions !== this.#versions) {
      this.#forget();
      this.#hoisted = await this.#prelude.run([]);
      this.#versions = versions;
    }
    return this.#hoisted;
  }

  #forget(): void {
    for (const tensor of this.#hoisted) storageOf(tensor).release();
    this.#hoisted = [];
  }
}

/** Where a bound value is. */
function storageFor({ source }: Value, inputs: readonly Tensor[], hoisted: readonly Tensor[]): Storage {
  switch (source.kind) {
    case 'input':
      return storageOf(inputs[source.position]);
    case 'hoisted':
      return storageOf(hoisted[source.position]);
    case 'variable':
      return source.variable.presentStorage;
    case 'constant':
      return source.storage;
    case 'step':
      throw new Error('a step is never bound');
    default:
      throw new Error(`unknown source ${source satisfies never}`);
  }
}

function storageOf(tensor: Tensor | undefined): Storage {
  return (tensor as Tensor).storage as Storage;
}

function variablesOf(plan: Plan): readonly Variable[] {
  return plan.values.flatMap(({ source }) => (source.kind === 'variable' ? [source.variable] : []));
}
