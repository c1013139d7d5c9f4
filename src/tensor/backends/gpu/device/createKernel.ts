import { type KernelSource, targetName } from '../source/kernelBuilder.js';
import type { GpuJsInstance, KernelFunction } from './gpujs.js';

/** A kernel that is not built yet. */
export function createKernel<K>(
  gpu: GpuJsInstance,
  { text, quads, targets, isFlexible }: KernelSource,
): KernelFunction<K> {
  const further = Array.from({ length: targets - 1 }, (_, i) => targetName(i + 1));
  return gpu.createKernel<K>(text, {
    output: [quads],
    pipeline: true,
    immutable: false,
    precision: 'single',
    tactic: 'precision',
    ...(isFlexible && { dynamicOutput: true, dynamicArguments: true }),
    ...(further.length > 0 && {
      subKernels: further.map((name) => ({
        name,
        source: `function ${name}(a, b, c, d) { return [a, b, c, d]; }`,
        property: name,
      })),
    }),
  });
}
