import type { GPUDeviceLike } from './gpujs.js';

/**
 * Lets compute pipelines compile side by side. GPU.js asks for them one at a time; here it gets something to stand for each
 * until the device has made it.
 */
export class ParallelPipelines {
  readonly #pending = new WeakMap<object, Promise<object>>();

  constructor(device: GPUDeviceLike) {
    Object.assign(device, {
      createComputePipeline: (descriptor: unknown): object => {
        const standIn = {};
        const pipeline = device.createComputePipelineAsync(descriptor);
        // Whoever built the kernel asks for it; until then nobody else is to hear of a failure.
        pipeline.catch(() => {});
        this.#pending.set(standIn, pipeline);
        return standIn;
      },
    });
  }

  /** The pipeline that something stands for. Rejects if the device could not make it. */
  async completed(standIn: object): Promise<object> {
    return this.#pending.get(standIn) ?? standIn;
  }
}
