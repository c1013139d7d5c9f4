import { type Layer, layers } from 'mapache/layers';
import { concat, ones, slice, type Tensor, tensor } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../../support/relative-error.js';
import { randomTensor } from '../../support/tensors.js';

const { normalization, rescaling } = layers;

const statistics = async (layer: Layer): Promise<readonly (readonly number[])[]> =>
  Promise.all(['mean', 'variance', 'count'].map(async (name) => Array.from(await layer.weight(name).value.data())));

describe('Normalization', () => {
  it('finds mean, variance and count of samples', async () => {
    const layer = normalization();
    await layer.adapt(
      tensor([
        [1, 10],
        [3, 30],
      ]),
    );
    expect(await statistics(layer)).toEqual([[2, 20], [1, 100], [2]]);
    expect(await layer.apply(tensor([[1, 40]])).array()).toEqual([[-1, 2]]);
    expect(layer.trainableWeights).toEqual([]);
  });

  it('finds the same in batches of any size, one after the other', async () => {
    const data = randomTensor([10, 3, 2], 1);
    const whole = normalization({ axis: [1, -1] });
    await whole.adapt(data);
    async function* batches(): AsyncGenerator<Tensor> {
      for (const [from, count] of [
        [0, 4],
        [4, 5],
        [9, 1],
      ] as const)
        yield slice(data, [from], [count]);
    }
    const parts = normalization({ axis: [1, -1] });
    await parts.adapt([randomTensor([7, 3, 2], 2)]);
    await parts.adapt(batches());
    const [expected, actual] = [await statistics(whole), await statistics(parts)];
    for (const [i, numbers] of expected.entries()) {
      expect(relativeError(actual[i] as readonly number[], numbers)).toBeLessThan(1e-5);
    }
    expect(actual[2]).toEqual([10]);
  });

  it('has one mean for everything without an axis', async () => {
    const layer = normalization({ axis: null });
    await layer.adapt(tensor([[1, 3]]));
    expect(await statistics(layer)).toEqual([[2], [1], [2]]);
  });

  it('takes given statistics for the axes that it normalises, wherever they are', async () => {
    const x = tensor([
      [
        [3, 5],
        [20, 40],
      ],
    ]);
    const first = normalization({ axis: 1, mean: [3, 20], variance: [4, 100] });
    expect(await first.apply(x).array()).toEqual([
      [
        [0, 1],
        [0, 2],
      ],
    ]);
    const last = normalization({ axis: [1, 2], mean: [3, 20], variance: [4, 100] });
    expect(await last.apply(x).array()).toEqual([
      [
        [0, -1.5],
        [8.5, 2],
      ],
    ]);
  });

  it('undoes itself when inverted', async () => {
    const x = randomTensor([4, 3], 3);
    const options = { mean: [0.5, -1, 2], variance: [1.5, 0.25, 4] };
    const there = normalization(options).apply(x);
    const back = normalization({ ...options, invert: true }).apply(there);
    expect(relativeError(await back.data(), await x.data())).toBeLessThan(1e-5);
  });

  it('turns whole numbers into fractions, as Rescaling does', async () => {
    const bytes = tensor(Uint8Array.of(0, 255), { shape: [1, 2] });
    expect(await normalization({ mean: 127.5, variance: 4 }).apply(bytes).array()).toEqual([[-63.75, 63.75]]);
    expect(
      await rescaling({ scale: 1 / 127.5, offset: -1 })
        .apply(bytes)
        .array(),
    ).toEqual([[-1, 1]]);
  });

  it('forgets nothing when adapting fails', async () => {
    const layer = normalization();
    await layer.adapt(tensor([[1], [3]]));
    await expect(layer.adapt([tensor([[5]]), ones([1, 2])])).rejects.toThrow(/size 1 along axis 1/);
    await expect(layer.adapt([])).rejects.toThrow(/at least one batch/);
    expect(await statistics(layer)).toEqual([[2], [1], [2]]);
    await expect(normalization({ mean: 0, variance: 1 }).adapt(concat([ones([1, 1])]))).rejects.toThrow(/given mean/);
    expect(() => normalization({ mean: 0 })).toThrow(/both mean and variance/);
  });
});
