import type {
  Device,
  DeviceKernel,
  DeviceStatistics,
  KernelRun,
  Memory,
} from '../../src/tensor/backends/gpu/device/device.js';
import { DeviceLostError } from '../../src/tensor/backends/gpu/device/errors.js';
import { KernelCache } from '../../src/tensor/backends/gpu/device/kernelCache.js';
import { Pool } from '../../src/tensor/backends/gpu/device/pool.js';
import type { Dialect } from '../../src/tensor/backends/gpu/source/dialect.js';
import { type KernelSource, targetName } from '../../src/tensor/backends/gpu/source/kernelBuilder.js';

class ArrayMemory implements Memory {
  readonly numbers: Float32Array;

  constructor(readonly quads: number) {
    // What memory holds at first is anything; NaN shows who reads it.
    this.numbers = new Float32Array(quads * 4).fill(Number.NaN);
  }
}

type Thread = { readonly thread: { readonly x: number } };
type KernelFunction = (this: Thread, ...values: readonly unknown[]) => readonly number[];

interface JavaScriptKernel extends DeviceKernel {
  readonly create: (...targets: readonly ((...quad: readonly number[]) => void)[]) => KernelFunction;
}

export const dialects: Readonly<Record<Dialect['memory'], Dialect>> = {
  texture: { memory: 'texture', operands: 7, targets: 4, xor: (a, b) => `(${a} ^ ${b})` },
  buffer: { memory: 'buffer', operands: 7, targets: 1, xor: (a, b) => `(${a} ^ ${b})` },
};

/**
 * A device that is no device: kernels are JavaScript, so JavaScript can run them. It shows that kernels say the right
 * thing where there is no graphics processor to say it to; only sums are not rounded in between.
 */
export class JavaScriptDevice implements Device {
  readonly mode = 'webgl2';
  readonly renderer = 'JavaScript';
  readonly kind = 'software';
  readonly maxQuads = 2 ** 22;
  readonly dialect: Dialect;
  isLost = false;
  readonly #pool = new Pool<ArrayMemory>(
    (quads) => new ArrayMemory(quads),
    () => {},
  );
  readonly #kernels = new KernelCache<JavaScriptKernel>(() => {});
  #runs = 0;
  #readbacks = 0;

  constructor(memory: Dialect['memory']) {
    this.dialect = dialects[memory];
  }

  allocate(quads: number): ArrayMemory {
    return this.#pool.allocate(quads);
  }

  release(memory: ArrayMemory): void {
    this.#pool.release(memory);
  }

  write({ numbers }: ArrayMemory, values: Float32Array): void {
    numbers.set(values);
  }

  async read({ numbers }: ArrayMemory): Promise<Float32Array> {
    await this.check();
    this.#readbacks++;
    return numbers.slice();
  }

  compile(source: KernelSource, inputs: readonly number[]): Promise<JavaScriptKernel> {
    const { text, targets, quads, isFlexible } = source;
    return this.#kernels.get(source, isFlexible ? [] : [quads, ...inputs], async () => {
      const names = Array.from({ length: targets - 1 }, (_, i) => targetName(i + 1));
      return {
        targets,
        create: new Function(...names, `'use strict'; return (${text});`) as JavaScriptKernel['create'],
      };
    });
  }

  run(kernel: JavaScriptKernel, { inputs, numbers, outputs }: KernelRun): void {
    this.#runs++;
    const [result, ...others] = outputs as readonly [ArrayMemory, ...ArrayMemory[]];
    const arrays = (inputs as readonly ArrayMemory[]).map((memory) => this.#view(memory));
    let thread = 0;
    const stores = others.map(
      (memory) =>
        (...quad: readonly number[]) =>
          memory.numbers.set(quad, 4 * thread),
    );
    const call = kernel.create(...stores);
    for (; thread < result.quads; thread++) {
      result.numbers.set(call.call({ thread: { x: thread } }, ...arrays, ...numbers), 4 * thread);
    }
  }

  get kernelEpoch(): number {
    return this.#kernels.epoch;
  }

  async check(): Promise<void> {
    if (this.isLost) throw new DeviceLostError(this.mode);
  }

  trim(): void {
    this.#pool.trim();
    this.#kernels.clear();
  }

  close(): void {
    this.isLost = true;
  }

  statistics(): DeviceStatistics {
    const { size, compiled } = this.#kernels;
    return { ...this.#pool.statistics, kernels: size, compiled, runs: this.#runs, readbacks: this.#readbacks };
  }

  /** As kernels read it. Places past the end, which lanes without a result look at, hold something. */
  #view({ numbers, quads }: ArrayMemory): unknown {
    if (this.dialect.memory === 'buffer') return numbers;
    const texels = Array.from({ length: quads }, (_, quad) => numbers.subarray(4 * quad, 4 * quad + 4));
    return new Proxy(texels, {
      get: (target, index) => target[Number(index)] ?? new Float32Array(4),
    });
  }
}
