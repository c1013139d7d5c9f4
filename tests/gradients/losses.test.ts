import { checkGradients, type Tensor, tensor } from 'mapache/tensor';
import { getLoss, lossClasses } from 'mapache/training';
import { expect, it } from 'vitest';
import { doublePrecisionBackends, onEachBackend } from '../support/backends.js';

// Points away from the kinks of every loss: errors that are neither 0 nor 1, margins that are not 0, probabilities
// between the ends.
const rows = (values: readonly (readonly number[])[]): Tensor => tensor(values, { dtype: 'float64' });
const yTrue = rows([
  [1, 0, 0],
  [0, 0, 1],
]);
const yPred = rows([
  [0.62, 0.25, 0.13],
  [0.31, 0.28, 0.41],
]);
const labels = tensor([0, 2], { dtype: 'int32' });

onEachBackend(() => {
  it.each(lossClasses.classNames)('the gradient of %s agrees with finite differences', async (className) => {
    const loss = getLoss({ className, config: { reduction: 'none' } });
    const targets = loss.sparseLabels ? labels : yTrue;
    const [comparison] = await checkGradients((p) => loss.apply(targets, p as Tensor), [yPred]);
    expect(comparison?.error).toBeLessThan(1e-6);
  });

  it.each([
    'BinaryCrossentropy',
    'CategoricalCrossentropy',
    'SparseCategoricalCrossentropy',
    'BinaryFocalCrossentropy',
    'CategoricalFocalCrossentropy',
  ])('the gradient of %s from logits agrees with finite differences', async (className) => {
    const loss = getLoss({ className, config: { reduction: 'none', fromLogits: true } });
    const targets = loss.sparseLabels ? labels : yTrue;
    const [comparison] = await checkGradients((z) => loss.apply(targets, z as Tensor), [yPred]);
    expect(comparison?.error).toBeLessThan(1e-6);
  });
}, doublePrecisionBackends);
