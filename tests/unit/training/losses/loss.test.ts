import {
  ArgumentError,
  DTypeError,
  gradients,
  mean,
  pow,
  ShapeError,
  ShapeMismatchError,
  softmax,
  sub,
  type Tensor,
  tensor,
} from 'mapache/tensor';
import { getLoss, Loss, lossClasses, losses } from 'mapache/training';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../../../support/relative-error.js';

const item = (value: Tensor) => value.item();

describe('targets and predictions', () => {
  const loss = losses.meanSquaredError();

  it('[n] and [n, 1] go together, either way round', async () => {
    const [flat, column] = [tensor([1, 2, 3]), tensor([[2], [2], [5]])];
    expect(await item(loss.apply(flat, column))).toBe(Math.fround(5 / 3));
    expect(await item(loss.apply(column, flat))).toBe(Math.fround(5 / 3));
  });

  it('labels may be integers or booleans', async () => {
    const bce = losses.binaryCrossentropy({ fromLogits: true });
    const logits = tensor([[1], [-2]]);
    const expected = await item(bce.apply(tensor([[1], [0]]), logits));
    expect(await item(bce.apply(tensor(new Int32Array([1, 0]), { shape: [2, 1] }), logits))).toBe(expected);
    expect(await item(bce.apply(tensor([[1], [0]], { dtype: 'bool' }), logits))).toBe(expected);
  });

  it('that would only go together by broadcasting whole axes are refused', () => {
    expect(() =>
      loss.apply(
        tensor([1, 2]),
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toThrow(ShapeMismatchError);
    expect(() => losses.categoricalCrossentropy().apply(tensor([[1]]), tensor([[0.5, 0.5]]))).toThrow(
      ShapeMismatchError,
    );
    expect(() => losses.binaryCrossentropy().apply(tensor([[1]]), tensor([[0.5, 0.5]]))).toThrow(ShapeMismatchError);
  });

  it('predictions must be floating', () => {
    expect(() => loss.apply(tensor([1]), tensor(new Int32Array([1])))).toThrow(DTypeError);
  });
});

describe('labels that are indices', () => {
  const logits = tensor([
    [1, 2, 3],
    [0, 0, 1],
  ]);
  const loss = losses.sparseCategoricalCrossentropy({ fromLogits: true });

  it('may be int32, float32, or a column', async () => {
    const values = await Promise.all(
      [tensor([2, 0]), tensor(new Int32Array([2, 0])), tensor([[2], [0]])].map((labels) =>
        item(loss.apply(labels, logits)),
      ),
    );
    expect(new Set(values).size).toBe(1);
  });

  it('say so, and which label they ignore', () => {
    expect(loss.sparseLabels).toBe(true);
    expect(loss.ignoredLabel).toBeNull();
    expect(losses.sparseCategoricalCrossentropy({ ignoreClass: 255 }).ignoredLabel).toBe(255);
    expect(losses.categoricalCrossentropy().sparseLabels).toBe(false);
  });

  it('give NaN if there is no such class, rather than a loss that looks right', async () => {
    const each = losses.sparseCategoricalCrossentropy({ fromLogits: true, reduction: 'none' });
    const [first, second] = await each.apply(tensor([3, 0]), logits).data();
    expect(first).toBeNaN();
    expect(second).toBeGreaterThan(0);
    expect(await item(each.apply(tensor([-1]), tensor([[1, 2]])) as Tensor)).toBeNaN();
  });

  it('are picked: a class that is ruled out by -Infinity does not turn the others into NaN', async () => {
    const ruledOut = tensor([[0, Number.NEGATIVE_INFINITY, 0]]);
    const value = loss.apply(tensor([0]), ruledOut);
    expect(relativeError([await item(value)], [Math.LN2])).toBeLessThan(1e-6);
    const [slope] = gradients(value, [ruledOut]) as [Tensor];
    expect(await slope.array()).toEqual([[-0.5, 0, 0.5]]);
  });

  it('that are ignored count neither in the sum nor in the number of entries', async () => {
    const options = { fromLogits: true, ignoreClass: 255 };
    const three = tensor([
      [1, 2, 3],
      [9, 9, 9],
      [0, 0, 1],
    ]);
    const labels = tensor([2, 255, 0]);
    const expected = await item(loss.apply(tensor([2, 0]), logits));
    for (const reduction of ['sumOverBatchSize', 'mean', 'meanWithSampleWeight'] as const) {
      const ignoring = losses.sparseCategoricalCrossentropy({ ...options, reduction });
      expect(relativeError([await item(ignoring.apply(labels, three))], [expected]), reduction).toBeLessThan(1e-6);
    }
    const weighted = losses.sparseCategoricalCrossentropy(options).apply(labels, three, tensor([1, 5, 1]));
    expect(relativeError([await item(weighted)], [expected])).toBeLessThan(1e-6);
    const [slope] = gradients(losses.sparseCategoricalCrossentropy(options).apply(labels, three), [three]) as [Tensor];
    expect((await slope.data()).slice(3, 6)).toEqual(new Float32Array([0, 0, 0]));
  });

  it('may all be ignored: the loss is then 0', async () => {
    const ignoring = losses.sparseCategoricalCrossentropy({ fromLogits: true, ignoreClass: 0 });
    expect(await item(ignoring.apply(tensor([0, 0]), logits))).toBe(0);
  });

  it('must be one for each row', () => {
    expect(() => loss.apply(tensor([1, 2, 0]), logits)).toThrow(ShapeMismatchError);
    expect(() =>
      loss.apply(
        tensor([
          [0, 0, 1],
          [1, 0, 0],
        ]),
        logits,
      ),
    ).toThrow(/one-hot/);
  });
});

describe('weights and reductions', () => {
  const [yTrue, yPred] = [
    tensor([
      [0, 0],
      [0, 0],
    ]),
    tensor([
      [1, 3],
      [5, 7],
    ]),
  ];
  // Losses of the entries: 5 and 37.
  const reduced = (reduction: 'sum' | 'mean' | 'meanWithSampleWeight' | 'none', weights?: Tensor) =>
    losses.meanSquaredError({ reduction }).apply(yTrue, yPred, weights);

  it('divide by what they say', async () => {
    const weights = tensor([3, 1]);
    expect(await item(reduced('sum', weights))).toBe(52);
    expect(await item(reduced('mean', weights))).toBe(26);
    expect(await item(reduced('meanWithSampleWeight', weights))).toBe(13);
    expect(await reduced('none', weights).array()).toEqual([15, 37]);
  });

  it('of 0 only give a loss of 0', async () => {
    expect(await item(reduced('meanWithSampleWeight', tensor([0, 0])))).toBe(0);
  });

  it('may be a column, a number, or integers', async () => {
    expect(await item(reduced('sum', tensor([[3], [1]])))).toBe(52);
    expect(await item(reduced('sum', tensor(2)))).toBe(84);
    expect(await item(reduced('sum', tensor(new Int32Array([3, 1]))))).toBe(52);
  });

  it('that could be laid along the wrong axis are refused', () => {
    const entries = tensor([
      [[1], [1]],
      [[1], [1]],
    ]);
    expect(() => losses.meanSquaredError().apply(entries, entries, tensor([1, 2]))).toThrow(ShapeError);
    expect(() =>
      losses.meanSquaredError().apply(
        yTrue,
        yPred,
        tensor([
          [1, 2],
          [3, 4],
        ]),
      ),
    ).toThrow(ShapeMismatchError);
  });

  it('of no entries give a loss of 0', async () => {
    const none = tensor(new Float32Array(0), { shape: [0, 2] });
    expect(await item(losses.meanSquaredError().apply(none, none))).toBe(0);
  });
});

describe('getLoss', () => {
  it.each([
    ['mse', 'MeanSquaredError'],
    ['MSE', 'MeanSquaredError'],
    ['mean_squared_error', 'MeanSquaredError'],
    ['meanSquaredError', 'MeanSquaredError'],
    ['binary_crossentropy', 'BinaryCrossentropy'],
    ['BinaryCrossentropy', 'BinaryCrossentropy'],
    ['sparse_categorical_crossentropy', 'SparseCategoricalCrossentropy'],
    ['kl_divergence', 'KLDivergence'],
    ['kld', 'KLDivergence'],
    ['huber', 'Huber'],
    ['log_cosh', 'LogCosh'],
  ])("'%s' is %s", (name, className) => {
    expect(getLoss(name).className).toBe(className);
  });

  it('every factory makes what goes by its name, and every class has a factory', () => {
    const made = Object.entries(losses).map(([name, make]) => {
      const loss = make();
      expect(getLoss(name).getConfig()).toEqual(loss.getConfig());
      return loss.className;
    });
    expect(made.sort()).toEqual([...lossClasses.classNames].sort());
  });

  it('takes losses, functions and descriptions', async () => {
    const own = losses.huber({ delta: 2 });
    expect(getLoss(own)).toBe(own);
    expect(getLoss({ className: 'Huber', config: own.getConfig() }).getConfig()).toEqual(own.getConfig());
    const cubic = (yTrue: Tensor, yPred: Tensor) => mean(pow(sub(yPred, yTrue), 3), { axes: -1 });
    expect(getLoss(cubic).name).toBe('cubic');
    expect(await item(getLoss(cubic).apply(tensor([0, 0]), tensor([[1], [2]])))).toBe(4.5);
  });

  it('takes reductions by our names and by those of files', () => {
    for (const reduction of ['sumOverBatchSize', 'sum_over_batch_size']) {
      expect(getLoss({ className: 'Hinge', config: { reduction } }).reduction).toBe('sumOverBatchSize');
    }
    expect(getLoss({ className: 'Hinge', config: { reduction: null } }).reduction).toBe('none');
  });

  it.each([
    'accuracy',
    '__proto__',
    'constructor',
    { className: 'toString' },
    { className: 'Huber', config: { delta: 0 } },
    { className: 'Huber', config: { reduction: 'average' } },
    { className: 'BinaryCrossentropy', config: { fromLogits: 'yes' } },
    { className: 'BinaryCrossentropy', config: { labelSmoothing: 2 } },
    { className: 'CategoricalCrossentropy', config: { axis: 0.5 } },
  ])('refuses %o', (identifier) => {
    expect(() => getLoss(identifier)).toThrow(ArgumentError);
  });
});

describe('properties of single losses', () => {
  it('categorical cross-entropy brings probabilities to a sum of 1', async () => {
    const loss = losses.categoricalCrossentropy();
    const [rows, p] = [tensor([[0, 1]]), tensor([[0.2, 0.6]])];
    expect(relativeError([await item(loss.apply(rows, p))], [-Math.log(0.75)])).toBeLessThan(1e-6);
    expect(
      relativeError([await item(losses.sparseCategoricalCrossentropy().apply(tensor([1]), p))], [-Math.log(0.75)]),
    ).toBeLessThan(1e-6);
  });

  it('logits and their softmax give the same loss', async () => {
    const [labels, logits] = [
      tensor([0, 2]),
      tensor([
        [1, -1, 0.5],
        [2, 0, 1],
      ]),
    ];
    const fromLogits = losses.sparseCategoricalCrossentropy({ fromLogits: true }).apply(labels, logits);
    const fromProbabilities = losses.sparseCategoricalCrossentropy().apply(labels, softmax(logits));
    expect(relativeError([await item(fromProbabilities)], [await item(fromLogits)])).toBeLessThan(1e-6);
  });

  it('hinge takes labels of 0 and 1 for -1 and 1, unless there are others', async () => {
    const predictions = tensor([[0.5, -0.5]]);
    expect(await item(losses.hinge().apply(tensor([[0, 1]]), predictions))).toBe(1.5);
    expect(await item(losses.hinge().apply(tensor([[-1, 1]]), predictions))).toBe(1.5);
    expect(await item(losses.hinge().apply(tensor([[2, 0]]), predictions))).toBe(0.5);
  });

  it('huber is square up to delta and straight from there', async () => {
    const each = losses.huber({ delta: 2, reduction: 'none' });
    expect(await each.apply(tensor([[0], [0], [0]]), tensor([[1], [2], [4]])).array()).toEqual([0.5, 2, 6]);
  });

  it('cosine similarity of a vector of length 0 is 0, with a gradient that is finite', async () => {
    const [zero, other] = [tensor([[0, 0]]), tensor([[1, 2]])];
    const value = losses.cosineSimilarity().apply(other, zero);
    expect(Math.abs(await item(value))).toBe(0);
    const [slope] = gradients(value, [zero]) as [Tensor];
    expect((await slope.data()).every((number: number) => Number.isFinite(number))).toBe(true);
  });

  it('a subclass needs a class name and a call', async () => {
    class SignedError extends Loss {
      readonly className = 'SignedError';
      call(yTrue: Tensor, yPred: Tensor): Tensor {
        return sub(yPred, yTrue);
      }
    }
    const loss = new SignedError({ name: 'signed', reduction: 'sum' });
    expect(await item(loss.apply(tensor([1, 2]), tensor([5, 5])))).toBe(7);
    expect(loss.getConfig()).toEqual({ name: 'signed', reduction: 'sum' });
  });
});
