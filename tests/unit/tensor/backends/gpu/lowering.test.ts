import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GpuBackend } from '../../../../../src/tensor/backends/gpu/backend.js';
import { getBackend } from '../../../../../src/tensor/backends/index.js';
import { Program } from '../../../../../src/tensor/execution/program.js';
import {
  apply,
  type PrimitiveName,
  type PrimitiveParams,
  primitiveNames,
} from '../../../../../src/tensor/ops/index.js';
import { buildPlan, trace } from '../../../../../src/tensor/plan/index.js';
import type { Tensor } from '../../../../../src/tensor/tensor.js';
import { toTensor } from '../../../../support/arbitraries.js';
import { inDType, parityTolerance } from '../../../../support/backends.js';
import { tries } from '../../../../support/environment.js';
import type { Draw } from '../../../../support/gradients.js';
import { JavaScriptDevice } from '../../../../support/javascript-device.js';
import { primitiveCases } from '../../../../support/primitive-cases.js';

const small = primitiveCases(3);
const medium = primitiveCases(9);

/** What kernels write of a result, run as the JavaScript they are, beside what the reference computes. */
async function both<K extends PrimitiveName>(
  backend: GpuBackend,
  name: K,
  draw: Draw<PrimitiveParams[K]>,
): Promise<readonly (readonly number[])[]> {
  const { inputs, params } = inDType(draw, 'float32');
  const tensors = inputs.map(toTensor);
  const { outputs } = trace(name, (...placeholders) => apply(name, placeholders, params), tensors);
  const results = [backend, getBackend('reference')].map(async (on) => {
    const [result] = await new Program(buildPlan({ name, outputs }), on).run(tensors);
    return [...(await (result as Tensor).data())];
  });
  return Promise.all(results);
}

describe.each(['texture', 'buffer'] as const)('kernels that read from a %s', (memory) => {
  const backend = new GpuBackend({}, async () => new JavaScriptDevice(memory));

  it.each(primitiveNames)('say what %s is', async <K extends PrimitiveName>(name: K) => {
    const check = async (draw: Draw<PrimitiveParams[K]>): Promise<void> => {
      const [actual, expected] = (await both(backend, name, draw)) as [number[], number[]];
      expect(actual).toHaveLength(expected.length);
      const scale = Math.max(1, ...expected.map(Math.abs).filter(Number.isFinite));
      expected.forEach((value, i) => {
        if (!Number.isFinite(value)) expect(actual[i], `element ${i}`).toBe(value);
        else expect(Math.abs((actual[i] as number) - value), `element ${i}`).toBeLessThan(parityTolerance * scale);
      });
    };
    await fc.assert(fc.asyncProperty(small[name], check), { numRuns: tries(20) });
    await fc.assert(fc.asyncProperty(medium[name], check), { numRuns: tries(15) });
  });
});
