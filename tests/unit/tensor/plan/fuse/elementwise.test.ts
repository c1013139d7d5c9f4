import {
  add,
  broadcastTo,
  cast,
  elementwiseChains,
  exp,
  type Group,
  matmul,
  mul,
  type Plan,
  sub,
  sum,
  type Tensor,
  tanh,
  tensor,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { planOf } from '../../../../support/rewriting.js';
import { randomTensor } from '../../../../support/tensors.js';

const x = randomTensor([4, 6], 1);
const y = randomTensor([4, 6], 2);
const square = randomTensor([6, 6], 3);

function fused(fn: (...inputs: readonly Tensor[]) => readonly Tensor[], ...inputs: readonly Tensor[]): Plan {
  return planOf(fn, inputs, { fusions: [elementwiseChains({ steps: 64, operands: 24 })] });
}

/** Names of the steps of each pass. */
function passes({ groups, steps }: Plan): readonly (readonly string[])[] {
  return groups
    .filter((group): group is Group => group.kind === 'elementwise')
    .map((group) => group.steps.map((step) => steps[step]?.op as string));
}

describe('elementwise steps run as one pass', () => {
  it('if they are a chain, of which only the end is stored', () => {
    const plan = fused((...[a, b]) => [sum(tanh(add(mul(a as Tensor, b as Tensor), a as Tensor)))], x, y);
    expect(passes(plan)).toEqual([['mul', 'add', 'tanh']]);
    expect(plan.memory.slots.size).toBe(1);
  });

  it('if operands are smaller than what they make', () => {
    const plan = fused(
      (...[a, b]) => [exp(sub(broadcastTo(b as Tensor, [4, 6]), a as Tensor))],
      x,
      randomTensor([6], 4),
    );
    expect(passes(plan)).toEqual([['broadcastTo', 'sub', 'exp']]);
  });

  it('if one of them is needed elsewhere, which stores it', () => {
    const plan = fused(
      (...[a, w]) => {
        const hidden = tanh(mul(a as Tensor, 2));
        return [matmul(hidden, w as Tensor), add(hidden, 1)];
      },
      x,
      square,
    );
    expect(passes(plan)).toEqual([['mul', 'tanh', 'add']]);
  });

  it('if they are numbers of one element, whatever their rank', () => {
    const plan = fused((...[a, b]) => [add(mul(a as Tensor, 3), b as Tensor)], tensor(2), tensor([[5]]));
    expect(passes(plan)).toEqual([['mul', 'add']]);
  });

  it('if they read the same array', () => {
    const plan = fused((...[a]) => [tanh(a as Tensor), exp(a as Tensor)], x);
    expect(passes(plan)).toEqual([['tanh', 'exp']]);
  });
});

describe('elementwise steps do not run as one pass', () => {
  it('if a path leads out of it and back', () => {
    const plan = fused(
      (...[a, w]) => {
        const first = tanh(a as Tensor);
        return [add(first, matmul(first, w as Tensor))];
      },
      x,
      square,
    );
    expect(passes(plan)).toEqual([]);
  });

  it('if two such paths make each wait for the other', () => {
    const plan = fused(
      (...[a, b, w]) => {
        const [left, right] = [tanh(a as Tensor), exp(b as Tensor)];
        return [add(right, matmul(left, w as Tensor)), mul(left, matmul(right, w as Tensor))];
      },
      x,
      y,
      square,
    );
    expect(passes(plan).every((steps) => steps.length < 4)).toBe(true);
  });

  it('if they go over different shapes', () => {
    expect(passes(fused((...[a, b]) => [add(tanh(b as Tensor), a as Tensor)], x, randomTensor([6], 4)))).toEqual([]);
  });

  it('if only some of them are in double precision', () => {
    const plan = fused((...[a]) => [mul(cast(mul(a as Tensor, 2), 'float64'), 3)], x);
    expect(passes(plan)).toEqual([['cast', 'mul']]);
  });

  it('if there is nothing to compute', () => {
    expect(passes(fused((...[a]) => [add(mul(a as Tensor, 2), 1)], tensor([], { shape: [0, 3] })))).toEqual([]);
  });
});
