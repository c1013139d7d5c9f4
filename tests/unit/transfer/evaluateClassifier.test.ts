import fc from 'fast-check';
import { ArgumentError, type Tensor, tensor } from 'mapache';
import { input, layers, type Model, model } from 'mapache/layers';
import { type Dataset, EmptyDataError, LabelError } from 'mapache/training';
import { type ClassifierEvaluation, evaluateClassifier } from 'mapache/transfer';
import { describe, expect, test } from 'vitest';
import { caught, expectExplained } from '../../support/explained-error.js';

/** A model that gives what it is given, after an activation: tests choose its outputs. */
function echo(units: number, activation: string): Model {
  const x = input({ shape: [units] });
  return model({ inputs: x, outputs: layers.activation({ activation }).apply(x), name: 'echo' });
}

/** Probabilities of three classes. Right are samples 0, 1 and 4. */
const probabilities = [
  [0.7, 0.2, 0.1],
  [0.1, 0.8, 0.1],
  [0.6, 0.3, 0.1],
  [0.05, 0.9, 0.05],
  [0.2, 0.2, 0.6],
];
const labels = [0, 1, 1, 2, 2];
const classNames = ['cat', 'dog', 'raccoon'];

/** All that can be worked out by hand from the table above. */
function expectTable(found: ClassifierEvaluation): void {
  expect(found.samples).toBe(5);
  expect(found.accuracy).toBe(3 / 5);
  expect(found.confusion).toEqual([
    [1, 0, 0],
    [1, 1, 0],
    [0, 1, 1],
  ]);
  expect(found.loss).toBeCloseTo(
    -(Math.log(0.7) + Math.log(0.8) + Math.log(0.3) + Math.log(0.05) + Math.log(0.6)) / 5,
    6,
  );
  expect(found.classes).toEqual([
    { name: 'cat', precision: 1 / 2, recall: 1, f1: 2 / 3, support: 1, predicted: 2 },
    { name: 'dog', precision: 1 / 2, recall: 1 / 2, f1: 1 / 2, support: 2, predicted: 2 },
    { name: 'raccoon', precision: 1, recall: 1 / 2, f1: 2 / 3, support: 2, predicted: 1 },
  ]);
  expect(found.macro.precision).toBeCloseTo(2 / 3, 12);
  expect(found.weighted.recall).toBeCloseTo(3 / 5, 12);
  expect(found.weighted.f1).toBeCloseTo((2 / 3 + 2 * (1 / 2) + 2 * (2 / 3)) / 5, 12);
  expect(found.confusions).toEqual([
    { truth: 1, prediction: 0, count: 1 },
    { truth: 2, prediction: 1, count: 1 },
  ]);
  expect(found.mistakes.map(({ position, truth, prediction }) => [position, truth, prediction])).toEqual([
    [3, 2, 1],
    [2, 1, 0],
  ]);
  expect(found.mistakes[0]?.confidence).toBeCloseTo(0.9, 6);
  expect(found.mistakes[0]?.truthProbability).toBeCloseTo(0.05, 6);
}

const oneHot = (classes: number): Tensor =>
  tensor(labels.map((label) => Array.from({ length: classes }, (_, k) => (k === label ? 1 : 0))));

describe('evaluateClassifier', () => {
  const y = tensor(labels, { dtype: 'int32' });

  test('counts and scores probabilities', async () => {
    expectTable(await evaluateClassifier(echo(3, 'linear'), { x: tensor(probabilities), y }, { classNames }));
  });

  test('takes logits where the loss says so, and what softmax is made of', async () => {
    const x = tensor(probabilities.map((row) => row.map((p) => Math.log(p) + 3)));
    expectTable(await evaluateClassifier(echo(3, 'softmax'), { x, y }, { classNames }));
    expectTable(await evaluateClassifier(echo(3, 'linear'), { x, y }, { classNames }));
    // All of these lie between 0 and 1, as probabilities do.
    const compiled = echo(3, 'linear');
    compiled.compile({ loss: { className: 'SparseCategoricalCrossentropy', config: { fromLogits: true } } });
    const { mistakes } = await evaluateClassifier(compiled, { x: tensor([[0, 1, 0]]), y: tensor([0]) });
    expect(mistakes[0]?.confidence).toBeCloseTo(Math.E / (Math.E + 2), 6);
  });

  test('takes one-hot labels, columns of labels, and batches of any size', async () => {
    const x = tensor(probabilities);
    expectTable(await evaluateClassifier(echo(3, 'linear'), { x, y: oneHot(3) }, { classNames, batchSize: 2 }));
    const column = tensor(labels.map((label) => [label]));
    expectTable(await evaluateClassifier(echo(3, 'linear'), { x, y: column }, { classNames, batchSize: 1 }));
  });

  test('takes one output as the probability of class 1', async () => {
    const x = tensor([[2], [-1], [0.5], [-3]]);
    const targets = tensor([1, 0, 0, 1]);
    const { confusion, mistakes, loss } = await evaluateClassifier(echo(1, 'sigmoid'), { x, y: targets });
    expect(confusion).toEqual([
      [1, 1],
      [1, 1],
    ]);
    const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));
    expect(loss).toBeCloseTo(
      -(Math.log(sigmoid(2)) + Math.log(sigmoid(1)) + Math.log(sigmoid(-0.5)) + Math.log(sigmoid(-3))) / 4,
      6,
    );
    expect(mistakes.map(({ position }) => position)).toEqual([3, 2]);
    expect(mistakes[0]?.confidence).toBeCloseTo(sigmoid(3), 6);
    expect(await evaluateClassifier(echo(1, 'linear'), { x, y: targets })).toMatchObject({ confusion });
  });

  test('reports the loss that evaluate reports', async () => {
    const net = echo(3, 'softmax');
    net.compile({ loss: 'sparse_categorical_crossentropy' });
    const data = { x: tensor(probabilities.map((row) => row.map((p) => 9 * p))), y };
    const { loss = Number.NaN } = await net.evaluate(data);
    expect((await evaluateClassifier(net, data)).loss).toBeCloseTo(loss, 5);
  });

  test('keeps the samples and the files of mistakes, however many batches they come in', async () => {
    const x = tensor(probabilities);
    const files = labels.map((label, i) => `${classNames[label]}/${i}.jpg`);
    const dataset: Dataset & { readonly files: readonly string[] } = {
      size: 5,
      classNames,
      files,
      async *batches() {
        for (const [i, row] of probabilities.entries()) yield { x: tensor([row]), y: tensor([labels[i] as number]) };
      },
    };
    const found = await evaluateClassifier(echo(3, 'linear'), dataset, { worst: 1 });
    expectTable({ ...found, mistakes: (await evaluateClassifier(echo(3, 'linear'), dataset)).mistakes });
    expect(found.mistakes).toMatchObject([{ position: 3, file: 'raccoon/3.jpg' }]);
    expect(await found.mistakes[0]?.sample?.data()).toEqual(new Float32Array(probabilities[3] as number[]));
    expect((await evaluateClassifier(echo(3, 'linear'), { x, y }, { worst: 0 })).mistakes).toEqual([]);
  });

  test('scores agree with the counts they are made of', async () => {
    const sample = fc.record({
      truth: fc.nat(3),
      logits: fc.array(fc.integer({ min: -40, max: 40 }), { minLength: 4, maxLength: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(sample, { minLength: 1, maxLength: 40 }), async (samples) => {
        const x = tensor(samples.map(({ logits }) => logits.map((logit) => logit / 10)));
        const truths = samples.map(({ truth }) => truth);
        const found = await evaluateClassifier(
          echo(4, 'softmax'),
          { x, y: tensor(truths) },
          { worst: 100, batchSize: 7 },
        );
        const total = found.confusion.flat().reduce((sum, value) => sum + value, 0);
        const wrong = found.confusions.reduce((sum, { count }) => sum + count, 0);
        expect(total).toBe(samples.length);
        expect(found.mistakes).toHaveLength(wrong);
        expect(found.accuracy).toBeCloseTo(1 - wrong / total, 12);
        // With every sample in one class, recall weighted by support is accuracy.
        expect(found.weighted.recall).toBeCloseTo(found.accuracy, 12);
        for (const [k, { precision, recall, f1, support, predicted }] of found.classes.entries()) {
          const right = found.confusion[k]?.[k] ?? 0;
          expect(support).toBe(truths.filter((truth) => truth === k).length);
          expect(precision * predicted).toBeCloseTo(right, 9);
          expect(recall * support).toBeCloseTo(right, 9);
          expect(f1 * (precision + recall)).toBeCloseTo(2 * precision * recall, 9);
        }
        const certainty = found.mistakes.map(({ truthProbability }) => truthProbability);
        expect(certainty).toEqual([...certainty].sort((a, b) => a - b));
      }),
      { numRuns: 25 },
    );
  });

  test('names what it cannot use', async () => {
    const x = tensor(probabilities);
    const refused = async (run: () => Promise<unknown>, kind: typeof ArgumentError | typeof LabelError) =>
      expectExplained(await caught(run), kind);
    await refused(() => evaluateClassifier(echo(3, 'linear'), { x, y: tensor([0, 1, 3, 0, 0]) }), LabelError);
    await refused(() => evaluateClassifier(echo(3, 'linear'), { x }), ArgumentError);
    await refused(() => evaluateClassifier(echo(3, 'linear'), { x, y: oneHot(4) }), ArgumentError);
    await refused(() => evaluateClassifier(echo(3, 'linear'), { x, y }, { classNames: ['cat'] }), ArgumentError);
    await expect(evaluateClassifier(echo(3, 'linear'), { size: 0, async *batches() {} })).rejects.toThrow(
      EmptyDataError,
    );
    const stop = new AbortController();
    stop.abort(new Error('enough'));
    await expect(evaluateClassifier(echo(3, 'linear'), { x, y }, { signal: stop.signal })).rejects.toThrow('enough');
  });
});
