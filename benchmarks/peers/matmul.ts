import { compile, matmul, setBackend, type Tensor, wrap } from 'mapache';
import type { Contestant } from '../harness.js';
import { resolvePeer } from './resolvePeer.js';
import { tfjsBackends } from './tfjs.js';

/** Products of two square matrices by everybody who is there, and the versions of those. */
export interface MatmulContestants {
  readonly contestants: readonly Contestant[];
  readonly versions: Readonly<Record<string, string>>;
}

/** The part of `@jax-js/jax` 0.1 that is used. An array is spent by what it is given to, unless given as `ref`. */
interface JaxArray {
  readonly ref: JaxArray;
  reshape(shape: readonly number[]): JaxArray;
  blockUntilReady(): Promise<unknown>;
  dispose(): void;
}

interface Jax {
  readonly numpy: {
    array(values: Float32Array): JaxArray;
    matmul(a: JaxArray, b: JaxArray): JaxArray;
  };
}

/** The part of `gpu.js` 2.24 that is used. */
interface GpuJs {
  readonly GPU: new (options: {
    readonly mode: string;
  }) => {
    createKernel(
      source: string,
      options: { readonly output: readonly number[]; readonly loopMaxIterations: number },
    ): (a: Float32Array, b: Float32Array) => unknown;
  };
}

/** `[n, n] x [n, n]`, float32. Results stay where they are computed. */
export async function matmulContestants(n: number): Promise<MatmulContestants> {
  const numbers = Float32Array.from({ length: n * n }, (_, i) => Math.sin(i));
  const contestants: Contestant[] = [ours(numbers, n)];
  const versions: Record<string, string> = {};
  for (const { tf, backend, versions: known } of await tfjsBackends()) {
    if (backend === 'cpu') continue;
    await tf.setBackend(backend);
    const a = tf.tensor(numbers, [n, n], 'float32');
    Object.assign(versions, known);
    contestants.push({ name: `TensorFlow.js, ${backend}`, run: async () => tf.matMul(a, a).dispose() });
  }
  const jax = resolvePeer('@jax-js/jax');
  if (jax !== null) {
    const { numpy } = jax.exports as Jax;
    const a = numpy.array(numbers).reshape([n, n]);
    versions['@jax-js/jax'] = jax.version;
    contestants.push({ name: 'jax-js', run: () => finish(numpy.matmul(a.ref, a.ref)) });
  }
  const gpu = resolvePeer('gpu.js');
  if (gpu !== null) {
    versions['gpu.js'] = gpu.version;
    contestants.push(gpuJs(gpu.exports as GpuJs, numbers, n));
  }
  return { contestants, versions };
}

function ours(numbers: Float32Array, n: number): Contestant {
  setBackend('wasm');
  const a = wrap(numbers, [n, n], 'float32');
  const product = compile((left: Tensor, right: Tensor) => matmul(left, right));
  return { name: 'mapache', run: () => product(a, a) };
}

async function finish(array: JaxArray): Promise<void> {
  await array.blockUntilReady();
  array.dispose();
}

function gpuJs({ GPU }: GpuJs, numbers: Float32Array, n: number): Contestant {
  // Flat arrays: gpu.js takes its kernels as text, with sizes written out.
  const source = `function (a, b) {
    let sum = 0;
    for (let k = 0; k < ${n}; k++) sum += a[this.thread.y * ${n} + k] * b[k * ${n} + this.thread.x];
    return sum;
  }`;
  const kernel = new GPU({ mode: 'webasm' }).createKernel(source, { output: [n, n], loopMaxIterations: n });
  return { name: 'gpu.js, webasm', run: async () => kernel(numbers, numbers) };
}
