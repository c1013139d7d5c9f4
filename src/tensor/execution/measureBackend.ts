import { type Availability, type BackendName, type GpuMode, useBackend } from '../backends/index.js';
import { conv2d, matmul, randomNormal, relu, reshape, sum } from '../ops/index.js';
import type { Tensor } from '../tensor.js';
import { Variable } from '../variable.js';
import { compile } from './compile.js';

const runs = 3;

/**
 * Milliseconds that a backend takes for what most of a network is: a convolution and a matrix product. The fastest of a
 * few runs, after one that compiles.
 */
export async function measureBackend(candidate: Availability<BackendName, GpuMode>): Promise<number> {
  const { backend, mode } = candidate;
  if (backend === 'gpu' && mode !== undefined) useBackend('gpu', { mode });
  else useBackend(backend);
  const image = new Variable(randomNormal([8, 28, 28, 64]));
  const filter = new Variable(randomNormal([3, 3, 64, 64]));
  const weights = new Variable(randomNormal([64, 256]));
  const work = compile(
    (): Tensor => {
      const features = relu(conv2d(image.value, filter.value, { padding: 'same' }));
      return sum(matmul(reshape(features, [8 * 28 * 28, 64]), weights.value));
    },
    { name: 'measurement', backend },
  );
  let fastest = Number.POSITIVE_INFINITY;
  for (let run = 0; run <= runs; run++) {
    // What depends on unchanged variables only is kept: an assignment has it computed again.
    image.assign(image.value);
    const start = performance.now();
    await (await work()).item();
    if (run > 0) fastest = Math.min(fastest, performance.now() - start);
  }
  return fastest;
}
