import {
  add,
  compile,
  conv2d,
  depthwiseConv2d,
  type Epilogue,
  epilogues,
  type Group,
  gradients,
  matmul,
  type Plan,
  plainStyle,
  relu,
  relu6,
  reshape,
  type Shape,
  setBackend,
  sub,
  sum,
  type Tensor,
  tensor,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../../../../support/relative-error.js';
import { withStyle } from '../../../../support/rewriting.js';
import { randomTensor } from '../../../../support/tensors.js';

// Its plans are as they were written: other backends rewrite them.
setBackend('reference');

const image = randomTensor([2, 6, 5, 4], 1);
const filter = randomTensor([3, 3, 4, 6], 2);
const bias = randomTensor([6], 3);
const residual = randomTensor([2, 4, 3, 6], 4);

type Build = (...inputs: readonly Tensor[]) => readonly Tensor[];

/** The plan of a function whose epilogues are fused; it must compute what it does without. */
async function fused(build: Build, ...inputs: readonly Tensor[]): Promise<Plan> {
  const expected = await compile(build)(...inputs);
  const fn = compile(build);
  return withStyle({ ...plainStyle, fusions: [epilogues] }, async () => {
    for (const [i, result] of (await fn(...inputs)).entries()) {
      const wanted = expected[i] as Tensor;
      expect(result.shape).toEqual(wanted.shape);
      expect(relativeError(await result.data(), await wanted.data())).toBe(0);
    }
    return fn.plan(...inputs);
  });
}

type EpilogueGroup = Extract<Group, { kind: 'epilogue' }>;

const groupsOf = (plan: Plan): readonly EpilogueGroup[] =>
  plan.groups.flatMap((group) => (group.kind === 'epilogue' ? [group] : []));

const opsOf = (plan: Plan, { steps }: Group): string => steps.map((step) => plan.steps[step]?.op).join(' ');

/** Which parts an epilogue has, in the order they are done in. */
const partsOf = (epilogue: Epilogue): string =>
  (['bias', 'residual', 'relu', 'reluGradient'] as const).filter((part) => epilogue[part] !== undefined).join(' ');

describe('an epilogue', () => {
  it.each<[string, Build, string, string]>([
    ['of a bias', (x, w) => [add(conv2d(x as Tensor, w as Tensor), bias)], 'conv2d add', 'bias'],
    ['of a bias in front', (x, w) => [add(bias, conv2d(x as Tensor, w as Tensor))], 'conv2d add', 'bias'],
    [
      'of a bias and a ReLU',
      (x, w) => [relu6(add(conv2d(x as Tensor, w as Tensor), bias))],
      'conv2d add relu',
      'bias relu',
    ],
    [
      'of a bias, a residual and a ReLU',
      (x, w) => [relu(add(residual, add(conv2d(x as Tensor, w as Tensor), bias)))],
      'conv2d add add relu',
      'bias residual relu',
    ],
    [
      'of a residual that is computed later',
      (x, w) => {
        const z = conv2d(x as Tensor, w as Tensor);
        return [add(z, sub(residual, sum(x as Tensor)))];
      },
      'conv2d add',
      'residual',
    ],
    [
      'of a depthwise convolution',
      (x) => [relu(add(depthwiseConv2d(x as Tensor, randomTensor([3, 3, 4, 1], 5)), randomTensor([4], 6)))],
      'depthwiseConv2d add relu',
      'bias relu',
    ],
    [
      'of a matrix product under another shape',
      (x) => [relu(add(matmul(x as Tensor, randomTensor([4, 3], 5)), randomTensor([3], 6)))],
      'matmul reshape add relu',
      'bias relu',
    ],
  ])('%s', async (_, build, steps, parts) => {
    const plan = await fused(build, image, filter);
    const [group, ...others] = groupsOf(plan);
    expect(others).toEqual([]);
    expect(opsOf(plan, group as Group)).toBe(steps);
    expect(partsOf((group as EpilogueGroup).epilogue)).toBe(parts);
    // Nothing is stored between the steps of the group.
    for (const step of (group as Group).steps)
      expect(plan.memory.slots.has(plan.steps[step]?.output ?? -1)).toBe(false);
  });

  it('of the gradient of a residual block: the other part of a sum and a mask', async () => {
    const build: Build = (x, w) => {
      const y = relu(x as Tensor);
      const z = add(conv2d(y, w as Tensor, { padding: 'same' }), y);
      return gradients(z, [x as Tensor], { dy: z });
    };
    const plan = await fused(build, image, randomTensor([3, 3, 4, 4], 2));
    const ops = groupsOf(plan).map((group) => [opsOf(plan, group), partsOf(group.epilogue)]);
    expect(ops).toEqual([
      ['conv2d add', 'residual'],
      ['conv2dInputGradient add reluGradient', 'residual reluGradient'],
    ]);
    const [, { epilogue }] = groupsOf(plan) as [EpilogueGroup, EpilogueGroup];
    const y = plan.steps.find(({ op }) => op === 'relu')?.output;
    expect(epilogue.reluGradient).toEqual({ output: y, maximum: Infinity });
  });

  it('of one branch takes the other branch as its residual', async () => {
    const build: Build = (x, w) => {
      const branches = [w as Tensor, randomTensor([3, 3, 4, 6], 7)].map((f) => add(conv2d(x as Tensor, f), bias));
      return [relu(add(branches[0] as Tensor, branches[1] as Tensor))];
    };
    const plan = await fused(build, image, filter);
    expect(groupsOf(plan).map(({ epilogue }) => partsOf(epilogue))).toEqual(['bias', 'bias residual relu']);
  });
});

describe('a kernel stores its result', () => {
  it.each<[string, Build, number]>([
    [
      'if two steps read it',
      (x, w) => {
        const z = conv2d(x as Tensor, w as Tensor);
        return [relu(z), add(z, bias)];
      },
      0,
    ],
    [
      'if it is a result itself',
      (x, w) => {
        const z = conv2d(x as Tensor, w as Tensor);
        return [z, relu(z)];
      },
      0,
    ],
    ['if what is added has another shape', (x, w) => [add(conv2d(x as Tensor, w as Tensor), tensor(2))], 0],
    ['if it is added to itself', (x, w) => [((z: Tensor) => add(z, z))(conv2d(x as Tensor, w as Tensor))], 0],
    ['if it is the larger operand of nothing', (x, w) => [sub(conv2d(x as Tensor, w as Tensor), bias)], 0],
    [
      'if it is reshaped, unless it is a matrix',
      (x, w) => [relu(reshape(conv2d(x as Tensor, w as Tensor), [24, 6]))],
      0,
    ],
  ])('%s', async (_, build, count) => {
    expect(groupsOf(await fused(build, image, filter))).toHaveLength(count);
  });

  it('after a ReLU, and before a second residual', async () => {
    const build: Build = (x, w) => [
      add(relu(conv2d(x as Tensor, w as Tensor)), bias),
      add(add(conv2d(x as Tensor, w as Tensor, { strides: 1 }), residual), add(residual, 1)),
    ];
    for (const [i, steps] of ['conv2d relu', 'conv2d add'].entries()) {
      const plan = await fused((...inputs) => build(...inputs).slice(i, i + 1), image, filter);
      expect(groupsOf(plan).map((group) => opsOf(plan, group))).toEqual([steps]);
    }
  });

  it('in double precision', async () => {
    const shape: Shape = [2, 3];
    const wide = (seed: number) =>
      tensor(
        [...Array(6).keys()].map((i) => Math.sin(i + seed)),
        { shape, dtype: 'float64' },
      );
    const plan = await fused(
      (a, b) => [relu(matmul(a as Tensor, b as Tensor, { transposeB: true }))],
      wide(1),
      wide(2),
    );
    expect(groupsOf(plan)).toEqual([]);
  });
});
