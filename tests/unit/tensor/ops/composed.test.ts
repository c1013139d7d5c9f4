import {
  batchNorm,
  clip,
  div,
  dropout,
  elu,
  erf,
  erfInv,
  gelu,
  hardSigmoid,
  layerNorm,
  leakyRelu,
  logSigmoid,
  logSoftmax,
  logSumExp,
  mean,
  ones,
  randomNormal,
  relu6,
  rsqrt,
  selu,
  sigmoidCrossEntropy,
  silu,
  softmax,
  softmaxCrossEntropy,
  softplus,
  square,
  stack,
  sum,
  type Tensor,
  tensor,
  variance,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';

const x64 = (values: readonly number[]): Tensor => tensor(values, { dtype: 'float64' });

async function expectClose(result: Tensor, expected: readonly number[], tolerance = 1e-12): Promise<void> {
  const data = await result.data();
  const scale = Math.max(...expected.map(Math.abs), 1e-300);
  expect(data).toHaveLength(expected.length);
  expected.forEach((value, i) => {
    expect(Math.abs((data[i] as number) - value) / scale, `element ${i} of ${data}`).toBeLessThan(tolerance);
  });
}

describe('activations at known points', () => {
  it.each([
    ['relu6', relu6, [-1, 3, 7], [0, 3, 6]],
    ['leakyRelu', leakyRelu, [-2, 0, 2], [-0.6, 0, 2]],
    ['elu', elu, [-1, 0, 2], [Math.expm1(-1), 0, 2]],
    ['selu', selu, [-1, 1], [1.0507009873554805 * 1.6732632423543772 * Math.expm1(-1), 1.0507009873554805]],
    ['silu', silu, [-1, 1], [-1 / (1 + Math.E), 1 / (1 + 1 / Math.E)]],
    ['hardSigmoid', hardSigmoid, [-4, -3, 0, 1.5, 4], [0, 0, 0.5, 0.75, 1]],
    ['softplus', softplus, [-1, 0, 1], [Math.log1p(1 / Math.E), Math.LN2, Math.log1p(Math.E)]],
    ['logSigmoid', logSigmoid, [-1, 0, 1], [-Math.log1p(Math.E), -Math.LN2, -Math.log1p(1 / Math.E)]],
    ['gelu', gelu, [-1, 0, 1], [-0.15865525393145707, 0, 0.8413447460685429]],
    ['square', square, [-3, 2], [9, 4]],
    ['rsqrt', rsqrt, [4, 0.25], [0.5, 2]],
  ] as const)('%s', async (_, fn, points, expected) => {
    await expectClose((fn as (x: Tensor) => Tensor)(x64(points)), expected);
  });

  it('gelu approximated by tanh', async () => {
    await expectClose(gelu(x64([-1, 1]), { approximate: true }), [-0.15880800939172324, 0.8411919906082768]);
  });

  it('clip holds numbers between the bounds', async () => {
    await expectClose(clip(x64([-5, 0.5, 5]), -1, 2), [-1, 0.5, 2]);
  });

  it('erfInv undoes erf to single precision, also in the tails', async () => {
    const points = [-2.5, -1, -0.1, 0, 0.4, 1.2, 2.9];
    await expectClose(erfInv(erf(x64(points))), points, 1e-6);
    await expectClose(erfInv(x64([0.5])), [0.4769362762044699], 1e-6);
  });
});

describe('numbers that are too large for exp', () => {
  const large = x64([1000, 1000, -1000]);

  it.each([
    ['softmax', softmax(large), [0.5, 0.5, 0]],
    ['logSoftmax', logSoftmax(large), [-Math.LN2, -Math.LN2, -2000 - Math.LN2]],
    ['logSumExp', logSumExp(large), [1000 + Math.LN2]],
    ['softplus', softplus(large), [1000, 1000, 0]],
    ['logSigmoid', logSigmoid(large), [0, 0, -1000]],
    ['sigmoidCrossEntropy', sigmoidCrossEntropy(x64([1, 0, 0]), large), [0, 1000, 0]],
    ['softmaxCrossEntropy', softmaxCrossEntropy(x64([0, 0, 1]), large), [2000 + Math.LN2]],
    ['elu', elu(large), [1000, 1000, -1]],
  ])('are no trouble for %s', async (_, result, expected) => {
    await expectClose(result, expected);
  });

  it('a confident and right logit still has a loss', async () => {
    await expectClose(sigmoidCrossEntropy(tensor([1]), tensor([50])), [Math.exp(-50)], 1e-5);
  });
});

describe('normalisation', () => {
  it('batchNorm is gamma (x - mean) / sqrt(variance + epsilon) + beta', async () => {
    const [x, gamma, beta] = [x64([1, 2, 4]), x64([2]), x64([0.5])];
    const moments = { mean: x64([2]), variance: x64([3]), epsilon: 1 };
    await expectClose(batchNorm(x, moments), [-0.5, 0, 1]);
    await expectClose(batchNorm(x, { ...moments, gamma, beta }), [-0.5, 0.5, 2.5]);
    await expectClose(batchNorm(x, { ...moments, gamma: null, beta }), [0, 0.5, 1.5]);
  });

  it('layerNorm brings every row to mean 0 and variance 1', async () => {
    const rows = layerNorm(randomNormal([5, 64], { seed: 3, dtype: 'float64' }), { epsilon: 0 });
    await expectClose(
      mean(rows, { axes: 1 }),
      [0, 0, 0, 0, 0].map(() => 1e-300),
      Number.MAX_VALUE,
    );
    for (const value of await mean(rows, { axes: 1 }).data()) expect(Math.abs(value)).toBeLessThan(1e-12);
    await expectClose(variance(rows, { axes: 1 }), [1, 1, 1, 1, 1]);
  });

  it('variance is that of the population', async () => {
    await expectClose(variance(x64([1, 2, 3, 4])), [1.25]);
  });
});

describe('dropout', () => {
  const x = ones([100, 100]);

  it('keeps about 1 - rate of the elements, scaled so that the mean stays', async () => {
    const kept = await dropout(x, { rate: 0.25, seed: 1 }).data();
    expect(new Set(kept)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
    const fraction = kept.filter((value) => value > 0).length / kept.length;
    // Five standard deviations of a fraction of 10 000.
    expect(Math.abs(fraction - 0.75)).toBeLessThan(5 * Math.sqrt((0.25 * 0.75) / 10_000));
  });

  it('draws the same mask for the same seed, stream and step and another one otherwise', async () => {
    const options = { rate: 0.5, seed: 1, stream: 2, step: 3 };
    const mask = await dropout(x, options).data();
    expect(await dropout(x, options).data()).toEqual(mask);
    for (const other of [{ seed: 2 }, { stream: 3 }, { step: 4 }]) {
      expect(await dropout(x, { ...options, ...other }).data()).not.toEqual(mask);
    }
  });

  it('of rate 0 is nothing, of rate 1 leaves nothing', async () => {
    expect(dropout(x, { rate: 0 })).toBe(x);
    expect(await sum(dropout(x, { rate: 1 })).item()).toBe(0);
  });

  it('drops along the axes of the noise shape together', async () => {
    const rows = (await dropout(ones([50, 4]), { rate: 0.5, seed: 9, noiseShape: [50, 1] }).array()) as number[][];
    for (const row of rows) expect(new Set(row).size).toBe(1);
    expect(new Set(rows.map(([first]) => first)).size).toBe(2);
  });
});

it('stack puts tensors side by side along the new axis', async () => {
  const [a, b] = [tensor([1, 2]), tensor([3, 4])];
  expect(await stack([a, b]).array()).toEqual([
    [1, 2],
    [3, 4],
  ]);
  expect(await stack([a, b], 1).array()).toEqual([
    [1, 3],
    [2, 4],
  ]);
  expect(await stack([a, b], -1).array()).toEqual([
    [1, 3],
    [2, 4],
  ]);
});

it('a mean over nothing is not a number, as in NumPy', async () => {
  expect(await mean(ones([0])).item()).toBeNaN();
  expect(await div(tensor(1), 0).item()).toBe(Number.POSITIVE_INFINITY);
});
