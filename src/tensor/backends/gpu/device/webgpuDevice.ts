import type { Dialect } from '../source/dialect.js';
import type { KernelSource } from '../source/kernelBuilder.js';
import { createKernel } from './createKernel.js';
import type { Device, DeviceStatistics, Memory } from './device.js';
import { DeviceLostError, DeviceMemoryError, KernelError } from './errors.js';
import type { GPUBufferLike, GpuContext, GpuHandle, GpuJs, GpuJsInstance, GpuKernel, KernelFunction } from './gpujs.js';
import { KernelCache } from './kernelCache.js';
import { ParallelPipelines } from './parallelPipelines.js';
import { Pool } from './pool.js';
import { isSoftware } from './renderer.js';

// Values of GPUBufferUsage and GPUMapMode, which are global only where there is WebGPU.
const storage = 0x80;
const copySource = 0x04;
const copyTarget = 0x08;
const mapRead = 0x01;

class BufferMemory implements Memory {
  constructor(
    readonly quads: number,
    readonly buffer: GPUBufferLike,
    readonly handle: GpuHandle,
  ) {}
}

class CompiledKernel {
  readonly targets = 1;

  constructor(readonly call: KernelFunction<GpuKernel>) {}
}

interface BufferRun {
  readonly inputs: readonly BufferMemory[];
  readonly numbers: readonly number[];
  readonly outputs: readonly [BufferMemory];
}

/** Stands for a buffer where only its size matters. */
const noBuffer: GPUBufferLike = {
  size: 0,
  destroy: () => {},
  mapAsync: () => Promise.resolve(),
  getMappedRange: () => new ArrayBuffer(0),
  unmap: () => {},
};

const dialect: Dialect = { memory: 'buffer', operands: 7, targets: 1, xor: (a, b) => `(${a} ^ ${b})` };

/** WebGPU: every memory is a storage buffer of its own. */
export class WebGpuDevice implements Device {
  readonly mode = 'webgpu';
  readonly dialect = dialect;
  readonly renderer: string;
  readonly kind: 'software' | 'hardware';
  readonly maxQuads: number;
  readonly #pool = new Pool<BufferMemory>(
    (quads) => this.#create(quads),
    ({ buffer }) => buffer.destroy(),
  );
  readonly #kernels = new KernelCache<CompiledKernel>(({ call }) => {
    call.kernel.outputBuffer = null;
    call.kernel.destroy();
  });
  readonly #pipelines: ParallelPipelines;
  /** What has been asked for and may still fail. */
  #pending: Promise<unknown>[] = [];
  #runs = 0;
  #readbacks = 0;
  #isClosed = false;

  constructor(
    readonly lib: GpuJs,
    readonly gpu: GpuJsInstance,
    readonly context: GpuContext,
  ) {
    const { info, isFallbackAdapter } = context.adapter;
    const words = [info?.vendor, info?.architecture, info?.device, info?.description];
    this.renderer = words.filter((word) => word !== undefined && word !== '').join(' ') || 'an adapter without a name';
    const isFallback = isFallbackAdapter === true || info?.isFallbackAdapter === true;
    this.kind = isFallback || isSoftware(this.renderer) ? 'software' : 'hardware';
    const { maxStorageBufferBindingSize, maxBufferSize } = context.device.limits;
    this.#pipelines = new ParallelPipelines(context.device);
    this.maxQuads = Math.floor(Math.min(maxStorageBufferBindingSize, maxBufferSize) / 16);
  }

  get isLost(): boolean {
    return this.#isClosed || this.context.isLost;
  }

  allocate(quads: number): BufferMemory {
    return this.#pool.allocate(quads);
  }

  release(memory: BufferMemory): void {
    this.#pool.release(memory);
  }

  write({ buffer }: BufferMemory, numbers: Float32Array): void {
    this.context.device.queue.writeBuffer(buffer, 0, numbers);
  }

  async read({ quads, buffer }: BufferMemory): Promise<Float32Array> {
    const { device } = this.context;
    this.#readbacks++;
    const staging = device.createBuffer({ size: quads * 16, usage: copyTarget | mapRead });
    try {
      const encoder = device.createCommandEncoder();
      encoder.copyBufferToBuffer(buffer, 0, staging, 0, quads * 16);
      device.queue.submit([encoder.finish()]);
      await staging.mapAsync(mapRead);
      const numbers = new Float32Array(staging.getMappedRange(0, quads * 16).slice(0));
      staging.unmap();
      return numbers;
    } catch (error) {
      throw this.isLost ? new DeviceLostError(this.mode) : error;
    } finally {
      staging.destroy();
    }
  }

  compile(source: KernelSource, inputs: readonly number[]): Promise<CompiledKernel> {
    // Buffers tell a kernel their sizes when it runs.
    return this.#kernels.get(source, [], async () => {
      const call = createKernel<GpuKernel>(this.gpu, source);
      // Sizes and types are all that building looks at; a kernel without a buffer to write to would make one.
      const buffer: GPUBufferLike = { ...noBuffer, size: Number.POSITIVE_INFINITY };
      call.kernel.outputBuffer = buffer;
      try {
        const handles = inputs.map((quads) => this.#handleOf(buffer, quads));
        const { kernel } = call;
        await kernel.build(...handles, ...source.numbers);
        kernel.computePipeline = await this.#pipelines.completed(kernel.computePipeline);
      } catch (error) {
        if (this.isLost) throw new DeviceLostError(this.mode);
        throw new KernelError(this.mode, error instanceof Error ? error.message : String(error), undefined, {
          cause: error,
        });
      }
      const compiled = new CompiledKernel(call);
      this.#checkKind(compiled);
      return compiled;
    });
  }

  run(compiled: CompiledKernel, { inputs, numbers, outputs: [output] }: BufferRun): void {
    this.#runs++;
    const { kernel } = compiled.call;
    kernel.output = [output.quads];
    kernel.outputBuffer = output.buffer;
    kernel.bindGroupDirty = true;
    this.#pending.push(kernel.run(...inputs.map(({ handle }) => handle), ...numbers));
    this.#checkKind(compiled);
  }

  get kernelEpoch(): number {
    return this.#kernels.epoch;
  }

  async check(): Promise<void> {
    const pending = this.#pending;
    this.#pending = [];
    const outcomes = await Promise.allSettled(pending);
    if (this.isLost) throw new DeviceLostError(this.mode);
    const failed = outcomes.find((outcome) => outcome.status === 'rejected');
    this.#pool.settle(failed?.reason instanceof DeviceMemoryError);
    if (failed !== undefined) throw failed.reason;
  }

  trim(): void {
    this.#pool.trim();
    this.#kernels.clear();
  }

  close(): void {
    // GPU.js keeps its context for everybody, and must be told that it is gone; if it was lost, there may be another one.
    if (!this.isLost) void this.lib.WebGPUContext.destroy();
    this.#isClosed = true;
  }

  statistics(): DeviceStatistics {
    const { size, compiled } = this.#kernels;
    return { ...this.#pool.statistics, kernels: size, compiled, runs: this.#runs, readbacks: this.#readbacks };
  }

  #create(quads: number): BufferMemory {
    const { device } = this.context;
    const size = quads * 16;
    device.pushErrorScope('out-of-memory');
    const buffer = device.createBuffer({ size, usage: storage | copySource | copyTarget });
    this.#pending.push(
      device.popErrorScope().then((error) => {
        if (error !== null) throw new DeviceMemoryError(this.mode, size, { cause: error });
      }),
    );
    return new BufferMemory(quads, buffer, this.#handleOf(buffer, quads));
  }

  #handleOf(buffer: GPUBufferLike, quads: number): GpuHandle {
    const { context } = this;
    return new this.lib.WebGPUBufferResult({ buffer, output: [quads * 4], componentCount: 1, context, kernel: null });
  }

  #checkKind({ call: { kernel } }: CompiledKernel): void {
    if (kernel.constructor === this.lib.WebGPUKernel && (kernel.fallbackReason ?? null) === null) return;
    throw new KernelError(this.mode, `another kind of kernel: ${kernel.fallbackReason ?? 'no reason given'}`);
  }
}
