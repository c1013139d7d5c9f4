import { layers } from 'mapache/layers';
import { compile, type Tensor, tensor } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../../support/relative-error.js';

const x = tensor([
  [1, 10],
  [2, 20],
  [3, 60],
  [6, 30],
]);

describe('BatchNormalization', () => {
  it('normalises with the biased statistics of the batch in training, and follows them', async () => {
    const layer = layers.batchNormalization();
    const y = await layer.apply(x, { training: true }).data();
    // Computed by Keras 3.15.1.
    const expected = [-1.0688922, -1.0690434, -0.5344461, -0.5345217, 0, 1.6035651, 1.6033384, 0];
    expect(relativeError(y, expected)).toBeLessThan(1e-6);
    expect(relativeError(await layer.weight('moving_mean').value.data(), [0.03, 0.3])).toBeLessThan(1e-6);
    expect(relativeError(await layer.weight('moving_variance').value.data(), [1.025, 4.49])).toBeLessThan(1e-6);
  });

  it('runs in inference mode while it is frozen, whatever training says', async () => {
    const layer = layers.batchNormalization();
    const inference = await layer.apply(x).data();
    layer.trainable = false;
    expect(await layer.apply(x, { training: true }).data()).toEqual(inference);
    expect(await layer.weight('moving_mean').value.data()).toEqual(new Float32Array(2));
    layer.trainable = true;
    expect(await layer.apply(x, { training: true }).data()).not.toEqual(inference);
  });

  it('sees its own first update when one plan applies it twice', async () => {
    const layer = layers.batchNormalization({ momentum: 0.5, axis: 1 });
    layer.build([null, 2]);
    const step = compile((input: Tensor) => [
      layer.apply(input, { training: true }),
      layer.apply(input, { training: true }),
    ]);
    await step(x);
    // 0 -> 3 / 2 -> (3 / 2 + 3) / 2, and likewise for 30.
    expect(await layer.weight('moving_mean').value.array()).toEqual([2.25, 22.5]);
  });

  it('changes no statistic when a plan fails', async () => {
    const layer = layers.batchNormalization();
    layer.build([null, 2]);
    const step = compile((input: Tensor) => {
      layer.apply(input, { training: true });
      throw new Error('later');
    });
    await expect(step(x)).rejects.toThrow('later');
    expect(await layer.weight('moving_mean').value.array()).toEqual([0, 0]);
  });

  it("reads Keras 2's axis, and refuses what there is not", () => {
    expect(layers.batchNormalization({ axis: [3] }).axis).toBe(3);
    expect(() => layers.batchNormalization({ axis: [1, 2] })).toThrow(/axis to be one axis/);
    expect(() => layers.batchNormalization({ renorm: true })).toThrow(/renorm to be false/);
  });
});
