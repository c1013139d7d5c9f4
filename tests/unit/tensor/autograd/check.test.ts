import { checkGradients, DTypeError, mul, neg, square, sum, type Tensor, tensor, where } from 'mapache/tensor';
import { expect, it } from 'vitest';

const x = tensor([[1, -2, 3]], { dtype: 'float64' });

it('checkGradients gives both gradients of every input, and how far they are apart', async () => {
  const comparisons = await checkGradients((a, b) => mul(a as Tensor, square(b as Tensor)), [x, x]);
  expect(comparisons.map(({ input }) => input)).toEqual([0, 1]);
  for (const { analytic, numeric, error } of comparisons) {
    expect(analytic).toHaveLength(3);
    expect(numeric).toHaveLength(3);
    expect(error).toBeLessThan(1e-8);
  }
});

it('checkGradients looks at the inputs asked for only', async () => {
  const comparisons = await checkGradients((a, b) => mul(a as Tensor, b as Tensor), [x, x], { inputs: [1] });
  expect(comparisons.map(({ input }) => input)).toEqual([1]);
});

it('checkGradients sees a gradient that is wrong in a single element', async () => {
  // The first call is the one that is differentiated.
  let calls = 0;
  const [comparison] = await checkGradients(
    (a) => {
      const squares = square(a as Tensor);
      if (calls++ > 0) return squares;
      return where(tensor([0, 1, 0], { dtype: 'bool' }), neg(squares), squares);
    },
    [x],
  );
  expect(comparison?.error).toBeGreaterThan(0.1);
});

it('checkGradients weighs the result differently for another seed', async () => {
  const [first] = await checkGradients((a) => square(a as Tensor), [x], { seed: 1 });
  const [second] = await checkGradients((a) => square(a as Tensor), [x], { seed: 2 });
  expect(first?.analytic).not.toEqual(second?.analytic);
});

it('checkGradients does not hide NaN', async () => {
  const [comparison] = await checkGradients((a) => sum(mul(a as Tensor, Number.NaN)), [x]);
  expect(comparison?.error).toBeNaN();
});

it('checkGradients refuses single precision', async () => {
  await expect(checkGradients((a) => square(a as Tensor), [tensor([1])])).rejects.toThrow(DTypeError);
});
