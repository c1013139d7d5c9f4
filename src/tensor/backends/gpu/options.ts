import { checkChoiceOption, invalidOption } from '../../options.js';

/** Ways to a graphics processor. */
export type GpuMode = 'webgpu' | 'webgl2' | 'headlessgl';

export const gpuModes: readonly GpuMode[] = ['webgpu', 'webgl2', 'headlessgl'];

/** Options of `setBackend('gpu', …)`. */
export interface GpuOptions {
  /**
   * Which interface to use: WebGPU, WebGL 2 (browsers only) or, in Node with the package `gl`, headless GL.
   * @defaultValue the first of these that there is
   */
  readonly mode?: GpuMode;
}

/** @throws {ArgumentError} for an unknown option or mode. */
export function readMode(options: GpuOptions, before: GpuMode | null): GpuMode | null {
  const operation = "setBackend('gpu')";
  const unknown = Object.keys(options).find((name) => name !== 'mode');
  if (unknown !== undefined) throw invalidOption(operation, 'an option', 'mode', unknown);
  if (options.mode === undefined) return before;
  return checkChoiceOption(operation, 'mode', options.mode, gpuModes);
}
