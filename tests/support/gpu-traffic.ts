/** What a page asks of its graphics card, counted where the browser takes it: nothing of the library is believed. */
export interface Traffic {
  /** Kernels that were started: draw calls of WebGL, dispatches of WebGPU. */
  readonly launches: number;
  /** Times that numbers were asked back. */
  readonly readbacks: number;
  /** Textures and buffers that were made and not deleted yet. */
  readonly alive: number;
  /** The same, for what keeps a kernel: programs and framebuffers. WebGPU leaves such things to the garbage collector. */
  readonly kernelParts: number;
}

type Count = keyof Traffic;
type Method = (this: object, ...values: never[]) => unknown;
type Methods = Readonly<Record<string, Method>>;

/** What calls do to the counts. A thing that is deleted twice, or `null`, counts once, or never. */
interface Effects {
  readonly counts: readonly string[];
  readonly makes: readonly string[];
  readonly deletes: readonly string[];
}

/**
 * Counts from now on. To be called before a device is opened; the counts go on until the page is closed.
 * @returns the counts at the moment it is called.
 */
export function watchTraffic(): () => Traffic {
  const counts = { launches: 0, readbacks: 0, alive: 0, kernelParts: 0 };
  const watch = (prototype: object, count: Count, effects: Partial<Effects>): void =>
    wrap(prototype as Methods, effects, (change) => {
      counts[count] += change;
    });

  const gl = WebGL2RenderingContext.prototype;
  watch(gl, 'launches', { counts: ['drawArrays', 'drawElements', 'drawArraysInstanced', 'drawElementsInstanced'] });
  watch(gl, 'readbacks', { counts: ['readPixels'] });
  watch(gl, 'alive', { makes: ['createTexture', 'createBuffer'], deletes: ['deleteTexture', 'deleteBuffer'] });
  watch(gl, 'kernelParts', {
    makes: ['createProgram', 'createFramebuffer'],
    deletes: ['deleteProgram', 'deleteFramebuffer'],
  });
  if (typeof GPUDevice !== 'undefined') {
    watch(GPUComputePassEncoder.prototype, 'launches', {
      counts: ['dispatchWorkgroups', 'dispatchWorkgroupsIndirect'],
    });
    watch(GPUBuffer.prototype, 'readbacks', { counts: ['mapAsync'] });
    watch(GPUDevice.prototype, 'alive', { makes: ['createBuffer', 'createTexture'] });
    watch(GPUBuffer.prototype, 'alive', { deletes: ['destroy'] });
    watch(GPUTexture.prototype, 'alive', { deletes: ['destroy'] });
  }
  return () => ({ ...counts });
}

/** What has been made and not deleted. */
const present = new WeakSet<object>();

function wrap(prototype: Methods, effects: Partial<Effects>, change: (by: number) => void): void {
  const { counts = [], makes = [], deletes = [] } = effects;
  for (const name of counts) replace(prototype, name, () => change(1));
  for (const name of makes) {
    replace(prototype, name, (_, made) => {
      if (made === null) return;
      present.add(made as object);
      change(1);
    });
  }
  for (const name of deletes) {
    replace(prototype, name, (thing) => {
      if (present.delete(thing)) change(-1);
    });
  }
}

/** Has `behind` look at each call: at the first argument, or what was called if there is none, and at the result. */
function replace(prototype: Methods, name: string, behind: (subject: object, result: unknown) => void): void {
  const original = prototype[name];
  if (original === undefined) throw new Error(`traffic: this browser has no ${name}`);
  Object.defineProperty(prototype, name, {
    configurable: true,
    writable: true,
    value(this: object, ...values: never[]): unknown {
      const result = original.apply(this, values);
      behind(values[0] ?? this, result);
      return result;
    },
  });
}
