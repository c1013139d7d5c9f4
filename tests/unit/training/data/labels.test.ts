import { tensor } from 'mapache/tensor';
import { describe, expect, test } from 'vitest';
import { sampleWeightsOf } from '../../../../src/training/data/classWeights.js';
import { checkLabels, LabelError } from '../../../../src/training/data/labelError.js';

describe('weights by class', () => {
  const classWeight = { 0: 0.5, 2: 3 };

  test.each([
    ['labels', tensor([0, 1, 2], { dtype: 'int32' }), [0.5, 1, 3]],
    ['labels in a column', tensor([[2], [0]]), [3, 0.5]],
    ['numbers near labels', tensor([1.9, 0.2]), [3, 0.5]],
    [
      'one-hot rows',
      tensor([
        [0, 0, 1],
        [0, 1, 0],
      ]),
      [3, 1],
    ],
    ['probabilities', tensor([[0.5, 0.3, 0.2]]), [0.5]],
  ])('of %s', async (_, y, weights) => {
    expect(await (await sampleWeightsOf(y, classWeight)).array()).toEqual(weights);
  });
});

describe('labels', () => {
  test('may be of any dtype', async () => {
    for (const dtype of ['int32', 'uint8', 'float32'] as const) {
      await expect(checkLabels('test', tensor([[0], [2]], { dtype }), 3, null)).resolves.toBeUndefined();
      await expect(checkLabels('test', tensor([[0], [3]], { dtype }), 3, null)).rejects.toThrow(LabelError);
    }
  });

  test('may have a mark for entries to leave out', async () => {
    await expect(checkLabels('test', tensor([0, -1]), 2, -1)).resolves.toBeUndefined();
    await expect(checkLabels('test', tensor([0, -2]), 2, -1)).rejects.toThrow(LabelError);
  });
});
