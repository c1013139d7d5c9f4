import { type GpuMode, gpuModes } from '../options.js';
import type { Dialect } from '../source/dialect.js';
import { createKernel } from './createKernel.js';
import type { Device } from './device.js';
import { DeviceUnavailableError } from './errors.js';
import { GlDevice, type GlFlavour } from './glDevice.js';
import { type GlKernel, type GpuJs, type GpuJsInstance, loadGpuJs } from './gpujs.js';
import { WebGpuDevice } from './webgpuDevice.js';

/** WebGL's RGBA32F, and the RGBA of WebGL 1, which takes its precision from the data. */
const rgba32f = 0x8814;
const rgba = 0x1908;

/** More than seven arrays would do, but no group of steps is larger anyway: WebGPU sets the limit. */
const textures = { memory: 'texture', operands: 7 } as const;

const xor = (a: string, b: string): string => `xor16(${a}, ${b})`;
const xorTypes = { returnType: 'Number', argumentTypes: { a: 'Number', b: 'Number' } } as const;

/** WebGL 1 has no operations on bits. */
const bitByBit = `float xor16(float a, float b) {
  float result = 0.0;
  float bit = 1.0;
  for (int i = 0; i < 16; i++) {
    float halfA = floor(a * 0.5);
    float halfB = floor(b * 0.5);
    if (a - 2.0 * halfA != b - 2.0 * halfB) result += bit;
    a = halfA;
    b = halfB;
    bit *= 2.0;
  }
  return result;
}`;

/**
 * Opens a device.
 * @throws {DeviceUnavailableError} if there is none, with the reason and what to do.
 */
export async function openDevice(mode: GpuMode | null): Promise<Device> {
  if (mode !== null) return openers[mode](await load(mode));
  const reasons: string[] = [];
  for (const candidate of gpuModes) {
    try {
      return await openers[candidate](await load(candidate));
    } catch (error) {
      if (!(error instanceof DeviceUnavailableError)) throw error;
      reasons.push(`${candidate}: ${error.received}`);
    }
  }
  throw new DeviceUnavailableError('any mode', reasons.join('; '), "Use setBackend('wasm').");
}

async function load(mode: GpuMode): Promise<GpuJs> {
  try {
    return await loadGpuJs();
  } catch (error) {
    throw new DeviceUnavailableError(mode, 'no package gpu.js', 'Install it: npm install gpu.js@2.24.1', {
      cause: error,
    });
  }
}

const openers: { readonly [M in GpuMode]: (lib: GpuJs) => Promise<Device> } = {
  webgpu: openWebGpu,
  webgl2: openWebGl2,
  headlessgl: openHeadlessGl,
};

async function openWebGpu(lib: GpuJs): Promise<Device> {
  if (!lib.WebGPUKernel.isSupported) {
    const remedy = 'Use a browser that has WebGPU, on a page from https or localhost; in Node, set navigator.gpu.';
    throw new DeviceUnavailableError('webgpu', 'no navigator.gpu', remedy);
  }
  try {
    const context = await lib.WebGPUContext.acquire();
    return new WebGpuDevice(lib, new lib.GPU({ mode: 'webgpu' }), context);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DeviceUnavailableError('webgpu', reason, "Use mode 'webgl2', or setBackend('wasm').", { cause: error });
  }
}

async function openWebGl2(lib: GpuJs): Promise<Device> {
  const canvas = createCanvas();
  const settings = { alpha: false, depth: false, antialias: false };
  const context = canvas?.getContext('webgl2', settings) as WebGL2RenderingContext | null | undefined;
  if (context === null || context === undefined || !lib.WebGL2Kernel.isSupported) {
    const reason = canvas === null ? 'no canvas: this is no browser' : 'a browser without WebGL 2';
    throw new DeviceUnavailableError('webgl2', reason, "Use setBackend('wasm').");
  }
  if (context.getExtension('EXT_color_buffer_float') === null) {
    throw new DeviceUnavailableError('webgl2', 'a renderer that cannot draw floats', "Use setBackend('wasm').");
  }
  // GPU.js resizes its canvas with every kernel; nothing is ever drawn on it, so it gets one that costs nothing.
  const gpu = new lib.GPU({ context, canvas: { width: 0, height: 0 } });
  gpu.addNativeFunction('xor16', 'float xor16(float a, float b) { return float(int(a) ^ int(b)); }', xorTypes);
  const dialect: Dialect = { ...textures, targets: 4, xor };
  return openGl(gpu, { mode: 'webgl2', kernelClass: lib.WebGL2Kernel, internalFormat: rgba32f, dialect });
}

async function openHeadlessGl(lib: GpuJs): Promise<Device> {
  if (!lib.HeadlessGLKernel.isSupported) {
    const remedy = 'Install it: npm install gl; it needs a display, as Xvfb gives one.';
    throw new DeviceUnavailableError('headlessgl', 'no package gl, or no display', remedy);
  }
  const gpu = new lib.GPU({ mode: 'headlessgl' });
  gpu.addNativeFunction('xor16', bitByBit, xorTypes);
  const dialect: Dialect = { ...textures, targets: 1, xor };
  return openGl(gpu, { mode: 'headlessgl', kernelClass: lib.HeadlessGLKernel, internalFormat: rgba, dialect });
}

/** Runs a first kernel: its context is what there is to know, and that it ran at all. */
function openGl(gpu: GpuJsInstance, flavour: GlFlavour): Device {
  const text = 'function () { return [1, 2, 3, 4]; }';
  const first = createKernel<GlKernel>(gpu, {
    text,
    inputs: [],
    numbers: [],
    quads: 1,
    targets: 1,
    isFlexible: false,
  }).kernel;
  try {
    first.build();
    return new GlDevice(gpu, first, flavour);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DeviceUnavailableError(flavour.mode, reason, "Use setBackend('wasm').", { cause: error });
  }
}

function createCanvas(): OffscreenCanvas | HTMLCanvasElement | null {
  if (typeof document !== 'undefined') return document.createElement('canvas');
  if (typeof OffscreenCanvas !== 'undefined') return new OffscreenCanvas(1, 1);
  return null;
}
