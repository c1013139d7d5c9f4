import type { GpuCase } from './cases.js';
import type { GpuContestant, Operands, PreparedKernel } from './contestant.js';

/** The part of `@jax-js/jax` 0.1 that is used. An array is spent by what it is given to, unless given as `ref`. */
interface JaxArray {
  readonly ref: JaxArray;
  data(): Promise<ArrayLike<number>>;
  /** Starts what has to be computed, without waiting for it; spends the array. */
  gpuBuffer(): Promise<unknown>;
  dispose(): void;
}

interface Jax {
  init(device: string): Promise<readonly string[]>;
  defaultDevice(device: string): string;
  readonly numpy: {
    array(values: Float32Array, options: { readonly shape: readonly number[] }): JaxArray;
    matmul(a: JaxArray, b: JaxArray): JaxArray;
    sum(a: JaxArray): JaxArray;
    transpose(a: JaxArray, permutation: readonly number[]): JaxArray;
  };
  readonly lax: {
    conv(x: JaxArray, filter: JaxArray, strides: readonly number[], padding: string): JaxArray;
  };
}

/** jax-js on WebGPU: products and convolutions forwards, in the layouts it has. @throws {Error} if it does not start. */
export async function jaxContestant(exports: unknown): Promise<GpuContestant> {
  const jax = exports as Jax;
  const devices = await jax.init('webgpu');
  if (!devices.includes('webgpu')) throw new Error(`it starts ${devices.join(', ') || 'nothing'}, not webgpu`);
  jax.defaultDevice('webgpu');
  return {
    name: 'jax-js, webgpu',
    kernel: async (one, operands) => (canDo(one) ? kernelOf(jax, one, operands) : null),
    job: async () => null,
  };
}

function canDo({ kind, direction }: GpuCase): boolean {
  return direction === 'forward' && kind !== 'depthwise';
}

async function kernelOf({ numpy, lax }: Jax, one: GpuCase, operands: Operands): Promise<PreparedKernel> {
  const isConvolution = one.kind === 'conv';
  // It knows NCHW and OIHW only.
  const place = async (values: Float32Array, shape: readonly number[], permutation: readonly number[]) => {
    const array = numpy.array(values, { shape });
    const placed = isConvolution ? numpy.transpose(array, permutation) : array;
    await placed.ref.gpuBuffer();
    return placed;
  };
  const x = await place(operands.input, one.input, [0, 3, 1, 2]);
  const filter = await place(operands.filter, one.filter, [3, 2, 0, 1]);
  const compute = (): JaxArray =>
    isConvolution
      ? lax.conv(x.ref, filter.ref, [one.strides, one.strides], one.padding.toUpperCase())
      : numpy.matmul(x.ref, filter.ref);
  return {
    run: async (times) => {
      for (let i = 1; i < times; i++) await compute().gpuBuffer();
      const last = compute();
      await last.ref.gpuBuffer();
      const [value = Number.NaN] = Array.from(await numpy.sum(last).data());
      return value;
    },
    values: async () => {
      const result = compute();
      return (isConvolution ? numpy.transpose(result, [0, 2, 3, 1]) : result).data();
    },
    forget: () => {
      for (const array of [x, filter]) array.dispose();
    },
  };
}
