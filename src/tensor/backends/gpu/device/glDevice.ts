import type { GpuMode } from '../options.js';
import type { Dialect } from '../source/dialect.js';
import type { KernelSource } from '../source/kernelBuilder.js';
import { createKernel } from './createKernel.js';
import type { Device, DeviceStatistics, Memory } from './device.js';
import { DeviceLostError, DeviceMemoryError, KernelError } from './errors.js';
import type { GlHandle, GlKernel, GpuJsInstance, KernelFunction } from './gpujs.js';
import { KernelCache } from './kernelCache.js';
import { ParallelCompile } from './parallelCompile.js';
import { PixelReader } from './pixelReader.js';
import { Pool } from './pool.js';
import { isSoftware, rendererOf } from './renderer.js';

class GlMemory implements Memory {
  constructor(
    readonly quads: number,
    readonly handle: GlHandle,
  ) {}
}

class CompiledKernel {
  /** The textures that its framebuffer draws into at present. */
  attached: readonly GlMemory[] = [];

  constructor(
    readonly targets: number,
    /** Whether its sizes change from run to run. */
    readonly isFlexible: boolean,
    readonly call: KernelFunction<GlKernel>,
  ) {}
}

interface GlRun {
  readonly inputs: readonly GlMemory[];
  readonly numbers: readonly number[];
  readonly outputs: readonly GlMemory[];
}

/** What tells WebGL 2 and headless GL apart. */
export interface GlFlavour {
  readonly mode: GpuMode;
  readonly kernelClass: unknown;
  /** The format of textures that hold a quad in each texel. */
  readonly internalFormat: number;
  readonly dialect: Dialect;
}

/**
 * WebGL: every memory is a texture with a quad in each texel. Textures are this device's own, not GPU.js's: each kernel is
 * told before every run which one to draw into.
 */
export class GlDevice implements Device {
  readonly mode: GpuMode;
  readonly dialect: Dialect;
  readonly renderer: string;
  readonly kind: 'software' | 'hardware';
  readonly maxQuads: number;
  readonly #gl: WebGL2RenderingContext;
  readonly #pool = new Pool<GlMemory>(
    (quads) => this.#create(quads),
    ({ handle }) => this.#gl.deleteTexture(handle.texture),
  );
  readonly #kernels = new KernelCache<CompiledKernel>(({ call }) => this.#destroyKernel(call.kernel));
  readonly #reader: PixelReader;
  readonly #compiler: ParallelCompile | null;
  #runs = 0;
  #readbacks = 0;
  #isClosed = false;
  /** Bytes of textures that have been created since the last check. */
  #created = 0;

  /** @param first a kernel that has run: the context is its own. */
  constructor(
    readonly gpu: GpuJsInstance,
    readonly first: GlKernel,
    readonly flavour: GlFlavour,
  ) {
    const gl = first.context;
    this.#gl = gl;
    this.mode = flavour.mode;
    this.dialect = flavour.dialect;
    this.renderer = rendererOf(gl);
    this.kind = isSoftware(this.renderer) ? 'software' : 'hardware';
    const side = gl.getParameter(gl.MAX_TEXTURE_SIZE) as number;
    this.maxQuads = side * side;
    // All kernels draw into one corner of a viewport of this size. A power of two keeps their coordinates exact.
    first.maxTexSize.fill(Math.min(side, largestSide));
    this.#reader = new PixelReader(gl, this.mode === 'webgl2');
    this.#compiler = this.mode === 'webgl2' ? new ParallelCompile(gl) : null;
  }

  get isLost(): boolean {
    return this.#isClosed || this.#gl.isContextLost();
  }

  allocate(quads: number): GlMemory {
    return this.#pool.allocate(quads);
  }

  release(memory: GlMemory): void {
    this.#pool.release(memory);
  }

  write({ quads, handle }: GlMemory, numbers: Float32Array): void {
    const gl = this.#gl;
    const [width, height] = handle.size;
    // The last row of texels may not be full.
    let texels = numbers;
    if (width * height > quads) {
      texels = new Float32Array(width * height * 4);
      texels.set(numbers);
    }
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, handle.texture);
    gl.texSubImage2D(gl.TEXTURE_2D, 0, 0, 0, width, height, gl.RGBA, gl.FLOAT, texels);
  }

  async read({ quads, handle }: GlMemory): Promise<Float32Array> {
    this.#readbacks++;
    const texels = await this.#reader.read(handle);
    // A lost context reads zeros and says nothing.
    if (this.isLost) throw new DeviceLostError(this.mode);
    return texels.subarray(0, quads * 4);
  }

  compile(source: KernelSource, inputs: readonly number[]): Promise<CompiledKernel> {
    const sizes = source.isFlexible ? [] : [source.quads, ...inputs];
    return this.#kernels.get(source, sizes, async () => this.#linked(this.#build(source, inputs)));
  }

  run(compiled: CompiledKernel, { inputs, numbers, outputs }: GlRun): void {
    this.#runs++;
    const { kernel } = compiled.call;
    if (compiled.isFlexible) resize(kernel, outputs[0] as GlMemory);
    this.#attach(compiled, outputs);
    kernel.run(...inputs.map(({ handle }) => handle), ...numbers);
    this.#checkKind(compiled);
  }

  get kernelEpoch(): number {
    return this.#kernels.epoch;
  }

  async check(): Promise<void> {
    if (this.isLost) throw new DeviceLostError(this.mode);
    const created = this.#created;
    this.#created = 0;
    // Asking waits for the device, so it is done once, and only if there may be something to tell.
    const isFull = created > 0 && this.#gl.getError() === this.#gl.OUT_OF_MEMORY;
    this.#pool.settle(isFull);
    if (isFull) throw new DeviceMemoryError(this.mode, created);
  }

  trim(): void {
    this.#pool.trim();
    this.#kernels.clear();
  }

  close(): void {
    this.#isClosed = true;
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext();
  }

  statistics(): DeviceStatistics {
    const { size, compiled } = this.#kernels;
    return { ...this.#pool.statistics, kernels: size, compiled, runs: this.#runs, readbacks: this.#readbacks };
  }

  #create(quads: number): GlMemory {
    const gl = this.#gl;
    const size = textureSize(quads);
    const texture = gl.createTexture() as WebGLTexture;
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.NEAREST);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.NEAREST);
    gl.texImage2D(gl.TEXTURE_2D, 0, this.flavour.internalFormat, size[0], size[1], 0, gl.RGBA, gl.FLOAT, null);
    this.#created += size[0] * size[1] * 16;
    return new GlMemory(quads, this.#handleOf(texture, quads));
  }

  #handleOf(texture: WebGLTexture, quads: number): GlHandle {
    const gl = this.#gl;
    return new this.first.TextureConstructor({
      texture,
      size: textureSize(quads),
      dimensions: [quads, 1, 1],
      output: [quads],
      context: gl,
      internalFormat: this.flavour.internalFormat,
      textureFormat: gl.RGBA,
      kernel: this.first,
    });
  }

  #build(source: KernelSource, inputs: readonly number[]): CompiledKernel {
    const call = createKernel<GlKernel>(this.gpu, source);
    const { kernel } = call;
    // GPU.js makes textures for a kernel that has none. What stands here for them only has their sizes.
    const texture = this.first.texture.texture;
    const output = this.#handleOf(texture, source.quads);
    kernel.texture = output;
    if (source.targets > 1) {
      kernel.mappedTextures = Array.from({ length: source.targets - 1 }, () => output);
      kernel.drawBuffersMap = Array.from({ length: source.targets }, (_, i) => this.#gl.COLOR_ATTACHMENT0 + i);
    }
    try {
      const values = [...inputs.map((quads) => this.#handleOf(texture, quads)), ...source.numbers];
      const build = (): void => kernel.build(...values);
      if (this.#compiler === null) build();
      else this.#compiler.build(build);
    } catch (error) {
      throw new KernelError(this.mode, error instanceof Error ? error.message : String(error), undefined, {
        cause: error,
      });
    }
    const compiled = new CompiledKernel(source.targets, source.isFlexible, call);
    this.#checkKind(compiled);
    return compiled;
  }

  async #linked(compiled: CompiledKernel): Promise<CompiledKernel> {
    const { program, vertShader, fragShader } = compiled.call.kernel;
    const fault = await this.#compiler?.linked(program, [vertShader, fragShader]);
    if (fault !== null && fault !== undefined) throw new KernelError(this.mode, fault);
    return compiled;
  }

  /** Lets a kernel draw into these textures from now on. */
  #attach(compiled: CompiledKernel, outputs: readonly GlMemory[]): void {
    if (outputs.every((memory, i) => memory === compiled.attached[i])) return;
    const gl = this.#gl;
    const { kernel } = compiled.call;
    gl.bindFramebuffer(gl.FRAMEBUFFER, kernel.framebuffer);
    outputs.forEach(({ handle }, i) => {
      gl.framebufferTexture2D(gl.FRAMEBUFFER, gl.COLOR_ATTACHMENT0 + i, gl.TEXTURE_2D, handle.texture, 0);
    });
    const [result, ...others] = outputs.map(({ handle }) => handle);
    kernel.texture = result as GlHandle;
    if (kernel.mappedTextures !== null) kernel.mappedTextures = others;
    compiled.attached = outputs;
  }

  /** GPU.js goes on with a kernel in JavaScript when it meets what it cannot do, and only prints a warning. */
  #checkKind({ call: { kernel } }: CompiledKernel): void {
    if (kernel.constructor === this.flavour.kernelClass && (kernel.fallbackReason ?? null) === null) return;
    throw new KernelError(this.mode, `another kind of kernel: ${kernel.fallbackReason ?? 'no reason given'}`);
  }

  #destroyKernel(kernel: GlKernel): void {
    if (this.isLost) return;
    // Its textures are not its own.
    Object.assign(kernel, { texture: null, mappedTextures: null });
    kernel.destroy();
  }
}

/** Tells a kernel for arrays of any size how large its result is this time. */
function resize(kernel: GlKernel, { quads, handle }: GlMemory): void {
  kernel.output = [quads];
  kernel.threadDim = [quads, 1, 1];
  kernel.texSize = handle.size;
}

/** The texture that GPU.js gives a kernel of so many threads: about as wide as high. */
function textureSize(length: number): readonly [width: number, height: number] {
  const root = Math.sqrt(length);
  let high = Math.ceil(root);
  let low = Math.floor(root);
  while (high * low < length) {
    high--;
    low = Math.ceil(length / high);
  }
  return [low, Math.ceil(length / low)];
}

/** The side of a texture of 2^22 quads, beyond which plans are refused. */
const largestSide = 2 ** 11;
