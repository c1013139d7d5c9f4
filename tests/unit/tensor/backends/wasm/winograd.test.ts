import {
  apply,
  type DType,
  epilogues,
  fillNormal,
  getBackend,
  type PrimitiveParams,
  relu,
  type Shape,
  sizeOf,
  type Tensor,
  tensor,
  wrap,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { WasmBackend } from '../../../../../src/tensor/backends/wasm/backend.js';
import { type InstructionName, instructionNames } from '../../../../../src/tensor/backends/wasm/instructions.js';
import { lowerPlan } from '../../../../../src/tensor/backends/wasm/lowering/index.js';
import { Program } from '../../../../../src/tensor/execution/program.js';
import type { Plan } from '../../../../../src/tensor/plan/index.js';
import { parityTolerance } from '../../../../support/backends.js';
import { relativeError } from '../../../../support/relative-error.js';
import { planOf } from '../../../../support/rewriting.js';

type Params = PrimitiveParams['conv2d'];

const same: Params = {
  ...{ strides: [1, 1], dilations: [1, 1], groups: 1 },
  padding: [
    [1, 1],
    [1, 1],
  ],
};

function normal(shape: Shape, seed: number, dtype: DType = 'float32'): Tensor {
  const values = new Float32Array(sizeOf(shape));
  fillNormal(values, seed, 0, 0);
  return dtype === 'float32' ? tensor(values, { shape }) : wrap(Float64Array.from(values), shape, dtype);
}

/** What the steps of a plan become, without what is made of steady values. */
function instructionsOf(plan: Plan): readonly InstructionName[] {
  const { words } = lowerPlan(plan).fragment;
  const names: InstructionName[] = [];
  for (let at = 0; at < words.length; at += words[at + 1] as number) {
    names.push(instructionNames[words[at] as number] as InstructionName);
  }
  return names;
}

interface Case {
  readonly x?: Shape;
  readonly filter?: Shape;
  readonly params?: Partial<Params>;
  readonly dtype?: DType;
}

/** A convolution with filters that stay as they are. */
function convolution({ x = [1, 14, 14, 64], filter = [3, 3, 64, 64], params = {}, dtype = 'float32' }: Case): Plan {
  const steady = normal(filter, 1, dtype);
  return planOf(
    (images) => [apply('conv2d', [images as Tensor, steady], { ...same, ...params })],
    [normal(x, 2, dtype)],
  );
}

describe("Winograd's algorithm", () => {
  it('computes convolutions of 3 x 3 windows, and their input gradients', () => {
    expect(instructionsOf(convolution({}))).toEqual(['winograd']);
    const [filter, dy] = [normal([3, 3, 64, 48], 1), normal([2, 14, 14, 48], 2)];
    const params = { ...same, inputShape: [2, 14, 14, 64] };
    const gradient = planOf((gradients) => [apply('conv2dInputGradient', [gradients as Tensor, filter], params)], [dy]);
    expect(instructionsOf(gradient)).toEqual(['winograd']);
  });

  it('transforms filters at every run only if they change', () => {
    const inputs = [normal([1, 14, 14, 64], 1), normal([3, 3, 64, 64], 2)];
    const plan = planOf((x, filter) => [apply('conv2d', [x as Tensor, filter as Tensor], same)], inputs);
    expect(instructionsOf(plan)).toEqual(['packPanels', 'transformFilters', 'winograd']);
  });

  it.each<readonly [string, Case]>([
    ['other windows', { filter: [3, 1, 64, 64] }],
    ['strides', { params: { strides: [1, 2] } }],
    ['dilations', { params: { dilations: [2, 1] } }],
    ['groups', { filter: [3, 3, 32, 64], params: { groups: 2 } }],
    ['few channels', { x: [1, 14, 14, 8], filter: [3, 3, 8, 64] }],
    ['few filters', { filter: [3, 3, 64, 8] }],
    ['few pixels', { x: [1, 7, 6, 64] }],
    ['numbers in double precision', { dtype: 'float64' }],
  ])('is not for %s', (_, options) => {
    expect(instructionsOf(convolution(options))).not.toContain('winograd');
  });

  it('stores nothing past the end of anything', async () => {
    const backend = new WasmBackend({ threads: 2, canaries: true });
    const steady = normal([3, 3, 37, 45], 1);
    const build = (x: Tensor, filter: Tensor): Tensor => {
      const y = apply('conv2d', [x, steady], same);
      return apply('conv2dInputGradient', [relu(y), filter], { ...same, inputShape: x.shape });
    };
    const inputs = [normal([2, 15, 13, 37], 2), normal([3, 3, 37, 45], 3)];
    const plan = planOf((x, filter) => [build(x as Tensor, filter as Tensor)], inputs, { fusions: [epilogues] });
    expect(instructionsOf(plan)).toEqual(['winograd', 'packTransposed', 'transformFilters', 'winograd']);
    await new Program(plan, backend).run(inputs);
    await backend.rest();
  });

  it('keeps transformed filters with their buffer, and those of a gradient apart', async () => {
    const backend = new WasmBackend({ threads: 2 });
    const filter = normal([3, 3, 40, 40], 1);
    const build = (x: Tensor): Tensor => {
      const y = relu(apply('conv2d', [x, filter], same));
      return apply('conv2dInputGradient', [y, filter], { ...same, inputShape: x.shape });
    };
    const inputs = [normal([1, 15, 14, 40], 2)];
    const plan = planOf((x) => [build(x as Tensor)], inputs, { fusions: [epilogues] });
    expect(instructionsOf(plan)).toEqual(['winograd', 'winograd']);
    const [expected] = await new Program(plan, getBackend('reference')).run(inputs);
    const program = new Program(plan, backend);
    for (let run = 0; run < 2; run++) {
      const [actual] = await program.run(inputs);
      const error = relativeError(await (actual as Tensor).data(), await (expected as Tensor).data());
      expect(error).toBeLessThan(parityTolerance);
    }
    await backend.rest();
  });
});
