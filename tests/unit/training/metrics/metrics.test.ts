import { ArgumentError, abs, compile, mean, ShapeMismatchError, sub, type Tensor, tensor } from 'mapache/tensor';
import { getMetric, Mean, type Metric, type MetricLike, metricClasses, metrics, Sum } from 'mapache/training';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../../../support/relative-error.js';

async function scoreOf(metric: Metric, yTrue: Tensor, yPred: Tensor, weight?: Tensor): Promise<number> {
  metric.update(yTrue, yPred, weight);
  return metric.result().item();
}

describe('binary accuracy', () => {
  it('counts a prediction that equals the threshold as 0', async () => {
    expect(await scoreOf(metrics.binaryAccuracy(), tensor([1, 0]), tensor([0.5, 0.5]))).toBe(0.5);
  });

  it('looks at logits with threshold 0 when told to', async () => {
    const [labels, logits] = [tensor([[0], [1], [1], [0]]), tensor([[-1], [2], [-3], [0.5]])];
    expect(await scoreOf(metrics.binaryAccuracy(), labels, logits)).toBe(0.75);
    expect(await scoreOf(metrics.binaryAccuracy({ threshold: 0 }), labels, logits)).toBe(0.5);
  });

  it('takes [n] and [n, 1] together, and integers for labels', async () => {
    const labels = tensor(new Int32Array([1, 0, 1]));
    expect(await scoreOf(metrics.binaryAccuracy(), labels, tensor([[0.9], [0.1], [0.8]]))).toBe(1);
  });
});

describe("'accuracy' means the kind that fits, under the name it was asked for", () => {
  it.each([
    ['single predictions', [null, 1], [null, 1], 'BinaryAccuracy'],
    ['single predictions for flat labels', [null], [null, 1], 'BinaryAccuracy'],
    ['labels with fewer axes', [8], [null, 4], 'SparseCategoricalAccuracy'],
    ['labels in a column', [8, 1], [null, 4], 'SparseCategoricalAccuracy'],
    ['one-hot rows', [8, 4], [null, 4], 'CategoricalAccuracy'],
    ['labels of pixels', [8, 5, 5], [null, 5, 5, 3], 'SparseCategoricalAccuracy'],
  ] as const)('%s', (_, yTrueShape, yPredShape, className) => {
    for (const name of ['accuracy', 'acc', 'Accuracy']) {
      const metric = getMetric(name, { yTrueShape, yPredShape });
      expect(metric.className).toBe(className);
      expect(metric.name).toBe(name);
    }
  });

  it('which takes shapes to know', () => {
    expect(() => getMetric('accuracy')).toThrow(/shapes/);
  });
});

describe('getMetric', () => {
  it.each([
    ['mse', 'MeanSquaredError'],
    ['mean_absolute_error', 'MeanAbsoluteError'],
    ['binaryAccuracy', 'BinaryAccuracy'],
    ['AUC', 'AUC'],
    ['top_k_categorical_accuracy', 'TopKCategoricalAccuracy'],
    ['sparse_categorical_crossentropy', 'SparseCategoricalCrossentropy'],
  ])("'%s' is %s, and keeps that name", (name, className) => {
    const metric = getMetric(name);
    expect(metric.className).toBe(className);
    expect(metric.name).toBe(name);
  });

  it('every factory makes what goes by its name, and every class has a factory', () => {
    const iou = { numClasses: 3, targetClassIds: [0, 2] };
    const needed: Readonly<Record<string, object>> = { iou, oneHotIoU: iou, meanIoU: iou, oneHotMeanIoU: iou };
    const made = Object.entries(metrics).map(([name, make]) => {
      const config = { ...needed[name] };
      const metric = make(config as typeof iou);
      expect(getMetric({ className: name, config }).getConfig()).toEqual(metric.getConfig());
      expect(getMetric({ className: metric.className, config: metric.getConfig() }).name).toBe(metric.name);
      return metric.className;
    });
    expect(made.sort()).toEqual([...metricClasses.classNames].sort());
  });

  it('takes metrics and functions', async () => {
    const own = metrics.recall();
    expect(getMetric(own)).toBe(own);
    const distance = (yTrue: Tensor, yPred: Tensor) => mean(abs(sub(yTrue, yPred)), { axes: -1 });
    const metric = getMetric(distance);
    expect(metric.name).toBe('distance');
    expect(metric.direction).toBeNull();
    expect(await scoreOf(metric, tensor([[0, 0]]), tensor([[1, 2]]))).toBe(1.5);
  });

  it.each<MetricLike>([
    'accurate',
    '__proto__',
    { className: 'constructor' },
    { className: 'BinaryAccuracy', config: { threshold: 'high' } },
    { className: 'TopKCategoricalAccuracy', config: { k: 0 } },
    { className: 'Precision', config: { thresholds: [0.5, 2] } },
    { className: 'Precision', config: { topK: 3 } },
    { className: 'AUC', config: { curve: 'PRGAIN' } },
    { className: 'AUC', config: { multiLabel: true } },
    { className: 'AUC', config: { numThresholds: 1 } },
    { className: 'AUC', config: { numThresholds: 1e9 } },
  ])('refuses %o', (identifier) => {
    expect(() => getMetric(identifier)).toThrow(ArgumentError);
  });

  it('says which way is better', () => {
    expect(getMetric('mse').direction).toBe('down');
    expect(getMetric('auc').direction).toBe('up');
    expect(getMetric('true_positives').direction).toBeNull();
  });
});

describe('state', () => {
  it('is changed inside a trace, and what is assigned there can be read there', async () => {
    const metric = metrics.binaryAccuracy();
    const step = compile((yTrue: Tensor, yPred: Tensor) => {
      metric.update(yTrue, yPred);
      return metric.result();
    });
    const labels = tensor([1, 1]);
    expect(await (await step(labels, tensor([0.9, 0.1]))).item()).toBe(0.5);
    expect(await (await step(labels, tensor([0.9, 0.8]))).item()).toBe(0.75);
    metric.reset();
    expect(await (await step(labels, tensor([0.9, 0.8]))).item()).toBe(1);
    expect(await metric.result().item()).toBe(1);
  });

  it('is named after the metric, float32, and never trains', () => {
    const metric = metrics.binaryAccuracy({ name: 'right' });
    expect(metric.variables.map(({ path, dtype, trainable }) => ({ path, dtype, trainable }))).toEqual([
      { path: 'right/total', dtype: 'float32', trainable: false },
      { path: 'right/count', dtype: 'float32', trainable: false },
    ]);
    expect(metrics.auc().variables.map(({ name, shape }) => [name, shape])).toEqual([
      ['true_positives', [200]],
      ['false_positives', [200]],
      ['true_negatives', [200]],
      ['false_negatives', [200]],
    ]);
  });

  it('counts every batch by its size', async () => {
    const metric = metrics.binaryAccuracy();
    metric.update(tensor([1, 1, 1, 1]), tensor([1, 1, 1, 1]));
    expect(await scoreOf(metric, tensor([1]), tensor([0]))).toBe(Math.fround(0.8));
  });

  it('of nothing gives 0', async () => {
    expect(await metrics.binaryAccuracy().result().item()).toBe(0);
    expect(await metrics.precision().result().item()).toBe(0);
  });

  it('stays as it was when a batch is refused', async () => {
    const metric = metrics.categoricalAccuracy();
    expect(() =>
      metric.update(
        tensor([1, 0]),
        tensor([
          [0.2, 0.8],
          [0.7, 0.3],
        ]),
      ),
    ).toThrow(ShapeMismatchError);
    expect(metric.variables.map(({ version }) => version)).toEqual([0, 0]);
  });
});

describe('counting classes', () => {
  const p = tensor([
    [0.1, 0.6, 0.3],
    [0.5, 0.3, 0.2],
    [0.3, 0.3, 0.4],
  ]);

  it('by labels and by one-hot rows gives the same', async () => {
    const rows = tensor([
      [0, 1, 0],
      [0, 1, 0],
      [1, 0, 0],
    ]);
    expect(await scoreOf(metrics.sparseCategoricalAccuracy(), tensor([1, 1, 0]), p)).toBe(Math.fround(1 / 3));
    expect(await scoreOf(metrics.categoricalAccuracy(), rows, p)).toBe(Math.fround(1 / 3));
    expect(await scoreOf(metrics.sparseTopKCategoricalAccuracy({ k: 2 }), tensor([[1], [1], [0]]), p)).toBe(1);
    expect(await scoreOf(metrics.topKCategoricalAccuracy({ k: 1 }), rows, p)).toBe(Math.fround(1 / 3));
  });

  it('counts samples by their weights', async () => {
    const weights = tensor([1, 1, 6]);
    expect(await scoreOf(metrics.sparseCategoricalAccuracy(), tensor([1, 1, 2]), p, weights)).toBe(0.875);
  });
});

describe('detections', () => {
  const [labels, p] = [tensor([1, 1, 1, 0, 0, 0]), tensor([0.9, 0.7, 0.2, 0.6, 0.4, 0.1])];

  it('are counted in four cases', async () => {
    expect(await scoreOf(metrics.truePositives(), labels, p)).toBe(2);
    expect(await scoreOf(metrics.falsePositives(), labels, p)).toBe(1);
    expect(await scoreOf(metrics.trueNegatives(), labels, p)).toBe(2);
    expect(await scoreOf(metrics.falseNegatives(), labels, p)).toBe(1);
  });

  it('give precision and recall, at each threshold if there are several', async () => {
    expect(await scoreOf(metrics.precision(), labels, p)).toBe(Math.fround(2 / 3));
    expect(await scoreOf(metrics.recall(), labels, p)).toBe(Math.fround(2 / 3));
    const recall = metrics.recall({ thresholds: [0.1, 0.8] });
    recall.update(labels, p);
    expect(await recall.result().array()).toEqual([1, Math.fround(1 / 3)]);
  });

  it('may be rows, with a weight for each', async () => {
    const [rows, predictions] = [
      tensor([
        [1, 0],
        [1, 1],
      ]),
      tensor([
        [0.9, 0.9],
        [0.9, 0.1],
      ]),
    ];
    expect(await scoreOf(metrics.truePositives(), rows, predictions, tensor([2, 3]))).toBe(5);
  });

  it('fill an area of 1 if they are all right, and of 0 if all are wrong', async () => {
    const [right, wrong] = [tensor([0.9, 0.8, 0.7, 0.3, 0.2, 0.1]), tensor([0.1, 0.2, 0.3, 0.7, 0.8, 0.9])];
    for (const summationMethod of ['interpolation', 'majoring', 'minoring'] as const) {
      expect(relativeError([await scoreOf(metrics.auc({ summationMethod }), labels, right)], [1])).toBeLessThan(1e-6);
      expect(Math.abs(await scoreOf(metrics.auc({ summationMethod }), labels, wrong))).toBeLessThan(1e-6);
    }
    expect(relativeError([await scoreOf(metrics.auc({ curve: 'PR' }), labels, right)], [1])).toBeLessThan(1e-6);
  });

  it('can be counted far beyond the precision of single bytes', async () => {
    const many = tensor(new Float32Array(70_000).fill(1));
    const metric = metrics.truePositives();
    metric.update(many, many);
    expect(await scoreOf(metric, many, many)).toBe(140_000);
  });
});

describe('losses as metrics', () => {
  it('have the options that Keras takes back, and no others', () => {
    expect(Object.keys(metrics.binaryCrossentropy().getConfig()).sort()).toEqual([
      'dtype',
      'fromLogits',
      'labelSmoothing',
      'name',
    ]);
    expect(metrics.categoricalCrossentropy().getConfig()).toMatchObject({ axis: -1 });
  });

  it('leave ignored labels out', async () => {
    const metric = metrics.sparseCategoricalCrossentropy({ fromLogits: true, ignoreClass: 255 });
    const logits = tensor([
      [0, 0],
      [50, 0],
    ]);
    expect(relativeError([await scoreOf(metric, tensor([1, 255]), logits)], [Math.LN2])).toBeLessThan(1e-6);
    metric.reset();
    expect(relativeError([await scoreOf(metric, tensor([1, 255]), logits, tensor([2, 9]))], [Math.LN2])).toBeLessThan(
      1e-6,
    );
  });

  it('the root of the mean squared error is taken after the mean', async () => {
    const metric = metrics.rootMeanSquaredError();
    metric.update(tensor([[0, 0]]), tensor([[3, 3]]));
    expect(await scoreOf(metric, tensor([[0, 0]]), tensor([[1, 5]]))).toBe(Math.fround(Math.sqrt((9 + 13) / 2)));
  });
});

describe('means and sums of plain numbers', () => {
  it('weigh numbers, and the mean divides by the weights', async () => {
    const [average, total] = [new Mean(), new Sum({ name: 'all' })];
    for (const statistic of [average, total]) {
      statistic.update(tensor([1, 3]), tensor([1, 3]));
      statistic.update(tensor(6));
    }
    expect(await average.result().item()).toBe(Math.fround(16 / 5));
    expect(await total.result().item()).toBe(16);
    expect([average.name, total.name]).toEqual(['mean', 'all']);
  });

  it('the mean loss of an epoch counts each batch by its size', async () => {
    const loss = new Mean({ name: 'loss' });
    loss.update(tensor(1), tensor(4));
    loss.update(tensor(6), tensor(1));
    expect(await loss.result().item()).toBe(2);
  });
});
