import { tensor } from 'mapache/tensor';
import { losses } from 'mapache/training';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../../../support/relative-error.js';

// Values of released Keras 3, printed to 7 decimals.
const precision = 1e-6;

describe('binary cross-entropy of logits is that of Keras', () => {
  const yTrue = tensor([[0], [1], [1], [0]]);
  const logits = tensor([[-1], [2], [-3], [0.5]]);

  it.each([
    ['by default', {}, undefined, [1.1157135]],
    ['with smoothed labels', { labelSmoothing: 0.1 }, undefined, [1.1094636]],
    ['of each entry', { reduction: 'none' }, undefined, [0.3132617, 0.126928, 3.0485873, 0.9740769]],
    ['summed', { reduction: 'sum' }, undefined, [4.4628539]],
    ['weighted: the sum is divided by the number of entries, not of weights', {}, [1, 2, 0, 1], [0.3852987]],
  ] as const)('%s', async (_, options, weights, expected) => {
    const loss = losses.binaryCrossentropy({ fromLogits: true, ...options });
    const value = loss.apply(yTrue, logits, weights && tensor(weights));
    expect(relativeError(await value.data(), expected)).toBeLessThan(precision);
  });

  it('does not overflow', async () => {
    const loss = losses.binaryCrossentropy({ fromLogits: true });
    expect(await loss.apply(tensor([[1]]), tensor([[-100]])).item()).toBe(100);
    expect(await loss.apply(tensor([[0]]), tensor([[-100]])).item()).toBeLessThan(1e-40);
  });
});

it('binary cross-entropy of probabilities stops at 1e-7', async () => {
  const value = losses.binaryCrossentropy().apply(tensor([[1]]), tensor([[0]]));
  expect(relativeError([await value.item()], [16.1181])).toBeLessThan(precision);
});

describe('categorical cross-entropy of logits is that of Keras', () => {
  const rows = tensor([
    [0, 0, 1],
    [1, 0, 0],
  ]);
  const logits = tensor([
    [1, 2, 3],
    [0, 0, 1],
  ]);

  it.each([
    ['of one-hot rows', losses.categoricalCrossentropy({ fromLogits: true }), rows, 0.9795253],
    ['smoothed', losses.categoricalCrossentropy({ fromLogits: true, labelSmoothing: 0.1 }), rows, 1.0128586],
    ['of labels', losses.sparseCategoricalCrossentropy({ fromLogits: true }), tensor([2, 0]), 0.9795253],
  ] as const)('%s', async (_, loss, yTrue, expected) => {
    expect(relativeError([await loss.apply(yTrue, logits).item()], [expected])).toBeLessThan(precision);
  });
});
