import type { KernelSource } from '../source/kernelBuilder.js';
import type { DeviceKernel } from './device.js';

/** Kernels that nobody has used for longest go first when there are more than this. */
const mostKernels = 2048;

/** Kernels by text and sizes: what is the same is compiled once, whichever plan asks for it. */
export class KernelCache<K extends DeviceKernel> {
  readonly #kernels = new Map<string, Promise<K>>();
  compiled = 0;
  /** Changes whenever kernels have been destroyed. */
  epoch = 0;

  constructor(readonly destroy: (kernel: K) => void) {}

  get size(): number {
    return this.#kernels.size;
  }

  /** @param sizes what a kernel is compiled for besides its text. */
  async get(source: KernelSource, sizes: readonly number[], compile: () => Promise<K>): Promise<K> {
    const key = [...sizes, source.text].join(' ');
    let kernel = this.#kernels.get(key);
    if (kernel === undefined) {
      this.compiled++;
      kernel = compile();
      kernel.catch(() => this.#kernels.delete(key));
    }
    this.#kernels.delete(key);
    this.#kernels.set(key, kernel);
    if (this.#kernels.size > mostKernels) this.#drop(this.#kernels.keys().next().value as string);
    return kernel;
  }

  clear(): void {
    for (const key of [...this.#kernels.keys()]) this.#drop(key);
  }

  #drop(key: string): void {
    const kernel = this.#kernels.get(key);
    this.#kernels.delete(key);
    this.epoch++;
    kernel?.then(this.destroy, () => {});
  }
}
