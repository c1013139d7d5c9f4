import {
  type BackendName,
  type CompiledFunction,
  compile,
  conv2d,
  depthwiseConv2d,
  type GpuMode,
  getBackend,
  gradients,
  matmul,
  setBackend,
  sum,
  type Tensor,
  wrap,
} from 'mapache';
import { prepareJob } from '../models/jobs.js';
import type { GpuCase } from './cases.js';
import type { GpuContestant, Operands, PreparedKernel } from './contestant.js';

type Product = CompiledFunction<readonly [Tensor, Tensor, Tensor], Tensor>;

const total = compile((x: Tensor) => sum(x));

/** mapache on one backend, which becomes the current one of the page; its device is ready. */
export async function mapacheContestant(
  backend: string,
  mode: string,
): Promise<GpuContestant & { readonly device: string }> {
  if (backend === 'gpu') setBackend('gpu', { mode: mode as GpuMode });
  else setBackend(backend as BackendName);
  // Only who has computed something knows where.
  await (await total(wrap(new Float32Array(1), [1], 'float32'))).item();
  return {
    name: backend === 'gpu' ? `mapache, ${mode}` : `mapache, ${backend}`,
    device: JSON.stringify(getBackend().describe()),
    kernel: async (one, operands) => kernelOf(one, operands),
    job: async (job, network, batch) => {
      const run = await prepareJob(job, network, batch);
      return { run: async () => ({ values: await run() }), forget: async () => {} };
    },
  };
}

function kernelOf(one: GpuCase, operands: Operands): PreparedKernel {
  const program: Product = compile((x: Tensor, filter: Tensor, dy: Tensor) => productOf(one, x, filter, dy));
  // Arguments are uploaded at the first two calls, which nobody measures, and stay from then on.
  const inputs = [
    wrap(operands.input, one.input, 'float32'),
    wrap(operands.filter, one.filter, 'float32'),
    wrap(operands.dy, one.output, 'float32'),
  ] as const;
  return {
    run: async (times) => {
      let last = await program(...inputs);
      for (let i = 1; i < times; i++) {
        last.storage?.release();
        last = await program(...inputs);
      }
      const result = await total(last);
      const value = await result.item();
      last.storage?.release();
      result.storage?.release();
      return value;
    },
    values: async () => {
      const result = await program(...inputs);
      const values = await result.data();
      result.storage?.release();
      return values;
    },
    forget: () => {
      for (const { storage } of inputs) storage?.release();
    },
  };
}

function productOf(one: GpuCase, x: Tensor, filter: Tensor, dy: Tensor): Tensor {
  const y = forward(one, x, filter);
  if (one.direction === 'forward') return y;
  const [gradient] = gradients(y, [one.direction === 'd input' ? x : filter], { dy });
  return gradient as Tensor;
}

function forward({ kind, strides, padding }: GpuCase, x: Tensor, filter: Tensor): Tensor {
  if (kind === 'matmul') return matmul(x, filter);
  return (kind === 'conv' ? conv2d : depthwiseConv2d)(x, filter, { strides, padding });
}
