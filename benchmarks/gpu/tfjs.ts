import type { Tfjs, TfTensor } from '../peers/tfjs.js';
import { tfjsJob } from '../peers/tfjsJob.js';
import type { GpuCase } from './cases.js';
import type { GpuContestant, Operands, PreparedKernel } from './contestant.js';

/** What kernels take besides `Tfjs`. Gradients are asked for by name: `tf.grad` would compute the product first. */
interface TfjsKernels extends Tfjs {
  sum(x: TfTensor): TfTensor;
  conv2d(x: TfTensor, filter: TfTensor, strides: number, padding: string): TfTensor;
  depthwiseConv2d(x: TfTensor, filter: TfTensor, strides: number, padding: string): TfTensor;
  engine(): {
    runKernel(
      name: string,
      inputs: Readonly<Record<string, TfTensor>>,
      attributes: Readonly<Record<string, unknown>>,
    ): TfTensor;
  };
}

/** A backend of TensorFlow.js. @returns `null` if it does not start here. */
export async function tfjsContestant(exports: unknown, backend: 'webgl' | 'webgpu'): Promise<GpuContestant | null> {
  const tf = exports as TfjsKernels;
  if (!(await tf.setBackend(backend))) return null;
  return {
    name: `TensorFlow.js, ${backend}`,
    kernel: async (one, operands) => {
      await tf.setBackend(backend);
      return kernelOf(tf, backend, one, operands);
    },
    job: (job, network, batch) => tfjsJob({ tf, backend, versions: {} }, job, network, batch),
  };
}

function kernelOf(tf: TfjsKernels, backend: string, one: GpuCase, operands: Operands): PreparedKernel {
  const x = tf.tensor(operands.input, one.input, 'float32');
  const filter = tf.tensor(operands.filter, one.filter, 'float32');
  const dy = tf.tensor(operands.dy, one.output, 'float32');
  const compute = (): TfTensor => tf.tidy(() => productOf(tf, one, x, filter, dy));
  return {
    run: async (times) => {
      await tf.setBackend(backend);
      for (let i = 1; i < times; i++) compute().dispose();
      const last = compute();
      const result = tf.sum(last);
      const [value = Number.NaN] = Array.from(await result.data());
      for (const tensor of [last, result]) tensor.dispose();
      return value;
    },
    values: async () => {
      await tf.setBackend(backend);
      const result = compute();
      const values = await result.data();
      result.dispose();
      return values;
    },
    forget: () => {
      for (const tensor of [x, filter, dy]) tensor.dispose();
    },
  };
}

function productOf(tf: TfjsKernels, one: GpuCase, x: TfTensor, filter: TfTensor, dy: TfTensor): TfTensor {
  const { kind, direction, strides, padding: pad } = one;
  if (direction === 'forward') {
    if (kind === 'matmul') return tf.matMul(x, filter);
    return (kind === 'conv' ? tf.conv2d : tf.depthwiseConv2d)(x, filter, strides, pad);
  }
  const common = { strides, pad, dataFormat: 'NHWC', dilations: [1, 1] };
  const name = kind === 'conv' ? 'Conv2D' : 'DepthwiseConv2dNative';
  return direction === 'd input'
    ? tf.engine().runKernel(`${name}BackpropInput`, { dy, filter }, { ...common, inputShape: one.input })
    : tf.engine().runKernel(`${name}BackpropFilter`, { x, dy }, { ...common, filterShape: one.filter });
}
