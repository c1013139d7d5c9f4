import {
  add,
  columnSums,
  conv2d,
  type Group,
  gradients,
  matmul,
  mul,
  type Plan,
  type Shape,
  sum,
  type Tensor,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { normal64, planOf } from '../../../../support/rewriting.js';
import { randomTensor } from '../../../../support/tensors.js';

type Build = (...inputs: readonly Tensor[]) => readonly Tensor[];

const groupsOf = (build: Build, inputs: readonly Tensor[]): readonly Group[] =>
  planOf(build, inputs, { fusions: [columnSums] }).groups.filter(({ kind }) => kind === 'columnSum');

const opsOf = (plan: Plan): readonly string[] =>
  plan.groups.map(({ steps }) => steps.map((step) => plan.steps[step]?.op).join(' '));

const single = (...shapes: readonly Shape[]): readonly Tensor[] => shapes.map((shape, i) => randomTensor(shape, i));

/** Gradients of a layer with a bias with respect to its kernel and its bias. */
const layer =
  (apply: (x: Tensor, kernel: Tensor) => Tensor): Build =>
  (...inputs) => {
    const [x, kernel, bias] = inputs as [Tensor, Tensor, Tensor];
    const y = add(apply(x, kernel), bias);
    return gradients(sum(mul(y, y)), [kernel, bias]);
  };

describe('the sum of dy joins', () => {
  it('the filter gradient of a convolution', () => {
    const inputs = single([2, 6, 5, 4], [3, 3, 4, 6], [6]);
    const plan = planOf(layer(conv2d), inputs, { fusions: [columnSums] });
    expect(opsOf(plan)).toContain('sum conv2dFilterGradient');
  });

  it('the kernel gradient of a dense layer', () => {
    const inputs = single([7, 4], [4, 6], [6]);
    const plan = planOf(layer(matmul), inputs, { fusions: [columnSums] });
    expect(opsOf(plan)).toContain('sum matmul');
  });
});

describe('the sum of dy stays alone', () => {
  it('in double precision', () => {
    expect(groupsOf(layer(conv2d), [normal64([2, 6, 5, 4], 1), normal64([3, 3, 4, 6], 2), normal64([6], 3)])).toEqual(
      [],
    );
  });

  it('if it is over other axes', () => {
    const build: Build = (x, w) => {
      const y = conv2d(x as Tensor, w as Tensor);
      const dy = mul(y, y);
      return [...gradients(y, [w as Tensor], { dy }), sum(dy, { axes: [0, 1] })];
    };
    expect(groupsOf(build, single([2, 6, 5, 4], [3, 3, 4, 6]))).toEqual([]);
  });

  it('if the images depend on it', () => {
    const build: Build = (x, w) => {
      const dy = mul(x as Tensor, 2);
      const scaled = mul(x as Tensor, sum(dy, { axes: [0, 1, 2] }));
      return gradients(conv2d(scaled, w as Tensor, { padding: 'same' }), [w as Tensor], { dy });
    };
    expect(groupsOf(build, single([2, 6, 5, 4], [3, 3, 4, 4]))).toEqual([]);
  });
});
