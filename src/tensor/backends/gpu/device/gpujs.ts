// GPU.js as far as it is used here. Its own typings say little about what a kernel is once it is built; this is the only
// file that says it, and the devices beside it the only ones that read it.

/** How a kernel is to be built. */
export interface KernelSettings {
  readonly output: readonly [threads: number];
  readonly pipeline: true;
  readonly immutable: false;
  readonly precision: 'single';
  readonly tactic: 'precision';
  /** Sizes may change from run to run. */
  readonly dynamicOutput?: true;
  readonly dynamicArguments?: true;
  readonly subKernels?: readonly { readonly name: string; readonly source: string; readonly property: string }[];
}

/** What `createKernel` gives. */
export interface KernelFunction<K> {
  /** The kernel behind it; GPU.js may put another one there, which is an error here. */
  readonly kernel: K;
}

interface BuiltKernel {
  readonly constructor: unknown;
  /** Why GPU.js went on to another kind of kernel. */
  readonly fallbackReason?: string | null;
  destroy(): void;
}

/** What a kernel of WebGL is once it is built. */
export interface GlKernel extends BuiltKernel {
  output: readonly [number];
  threadDim: readonly [number, number, number];
  texSize: readonly [width: number, height: number];
  /** The same array for all kernels of a context: what their viewport covers. */
  readonly maxTexSize: [width: number, height: number];
  texture: GlHandle;
  mappedTextures: GlHandle[] | null;
  drawBuffersMap: number[] | null;
  readonly framebuffer: WebGLFramebuffer;
  readonly program: WebGLProgram;
  readonly vertShader: WebGLShader;
  readonly fragShader: WebGLShader;
  readonly context: WebGL2RenderingContext;
  readonly TextureConstructor: new (settings: GlHandleSettings) => GlHandle;
  build(...values: readonly unknown[]): void;
  run(...values: readonly unknown[]): void;
}

export interface GlHandleSettings {
  readonly texture: WebGLTexture;
  readonly size: readonly [width: number, height: number];
  readonly dimensions: readonly [number, number, number];
  readonly output: readonly [number];
  readonly context: WebGL2RenderingContext;
  readonly internalFormat: number;
  readonly textureFormat: number;
  readonly kernel: GlKernel;
}

/** A texture as GPU.js hands it from kernel to kernel. */
export interface GlHandle extends GlHandleSettings {}

/** What a kernel of WebGPU is once it is built. */
export interface GpuKernel extends BuiltKernel {
  output: readonly [number];
  computePipeline: object;
  outputBuffer: GPUBufferLike | null;
  bindGroupDirty: boolean;
  readonly context: GpuContext;
  build(...values: readonly unknown[]): Promise<void>;
  /** Submits at once if the kernel is built; the promise says that it has been. */
  run(...values: readonly unknown[]): Promise<unknown>;
}

/** A buffer as GPU.js hands it from kernel to kernel. */
export interface GpuHandle {
  readonly buffer: GPUBufferLike;
}

export interface GpuHandleSettings {
  readonly buffer: GPUBufferLike;
  readonly output: readonly [number];
  readonly componentCount: 1;
  readonly context: GpuContext;
  readonly kernel: null;
}

/** The device that all of GPU.js's WebGPU kernels share. */
export interface GpuContext {
  readonly adapter: GPUAdapterLike;
  readonly device: GPUDeviceLike;
  readonly isLost: boolean;
}

// The part of WebGPU that is used here; TypeScript's own libraries do not know it yet.

export interface GPUBufferLike {
  readonly size: number;
  destroy(): void;
  mapAsync(mode: number): Promise<void>;
  getMappedRange(offset: number, size: number): ArrayBuffer;
  unmap(): void;
}

export interface GPUAdapterLike {
  readonly info?: {
    readonly vendor?: string;
    readonly architecture?: string;
    readonly device?: string;
    readonly description?: string;
    readonly isFallbackAdapter?: boolean;
  };
  readonly isFallbackAdapter?: boolean;
}

export interface GPUDeviceLike {
  readonly limits: { readonly maxStorageBufferBindingSize: number; readonly maxBufferSize: number };
  readonly lost: Promise<{ readonly message: string }>;
  readonly queue: {
    writeBuffer(buffer: GPUBufferLike, offset: number, data: Float32Array): void;
    submit(commands: readonly unknown[]): void;
  };
  createBuffer(descriptor: { readonly size: number; readonly usage: number }): GPUBufferLike;
  createCommandEncoder(): {
    copyBufferToBuffer(
      from: GPUBufferLike,
      fromOffset: number,
      to: GPUBufferLike,
      toOffset: number,
      size: number,
    ): void;
    finish(): unknown;
  };
  createComputePipelineAsync(descriptor: unknown): Promise<object>;
  pushErrorScope(filter: 'out-of-memory'): void;
  popErrorScope(): Promise<{ readonly message: string } | null>;
}

/** One context, and the kernels that live in it. */
export interface GpuJsInstance {
  createKernel<K>(source: string, settings: KernelSettings): KernelFunction<K>;
  addNativeFunction(
    name: string,
    source: string,
    settings: { readonly returnType: string; readonly argumentTypes: Readonly<Record<string, string>> },
  ): void;
}

/** What the package exports. */
export interface GpuJs {
  readonly GPU: new (settings: {
    readonly mode?: string;
    readonly context?: unknown;
    readonly canvas?: unknown;
  }) => GpuJsInstance;
  readonly WebGL2Kernel: { readonly isSupported: boolean };
  readonly HeadlessGLKernel: { readonly isSupported: boolean };
  readonly WebGPUKernel: { readonly isSupported: boolean };
  readonly WebGPUContext: { acquire(): Promise<GpuContext>; destroy(): Promise<void> };
  readonly WebGPUBufferResult: new (settings: GpuHandleSettings) => GpuHandle;
}

let loading: Promise<GpuJs> | null = null;

/** GPU.js, loaded when somebody first asks for it. */
export function loadGpuJs(): Promise<GpuJs> {
  loading ??= importGpuJs();
  return loading;
}

async function importGpuJs(): Promise<GpuJs> {
  let loaded: unknown;
  try {
    // Within try, bundlers take a package that is not installed for one that may be missing.
    loaded = await import('gpu.js');
  } catch (error) {
    loading = null;
    throw error;
  }
  const { default: main = loaded } = loaded as { readonly default?: unknown };
  // In browsers what is exported is the class GPU, with everything else as its properties.
  return (typeof main === 'function' ? { ...main, GPU: main } : main) as GpuJs;
}
