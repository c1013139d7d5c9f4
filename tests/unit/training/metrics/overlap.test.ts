import { type TensorData, tensor } from 'mapache/tensor';
import { type Metric, metrics } from 'mapache/training';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../../../support/relative-error.js';

const onehot = [
  [0, 1, 0],
  [0, 0, 1],
  [0, 1, 1],
  [1, 0, 0],
];
const scores = [
  [0.2, 0.7, 0.1],
  [0.6, 0.3, 0.4],
  [0.1, 0.45, 0.45],
  [0, 0, 0],
];
const labels = [
  [0, 1, 2],
  [2, 1, 0],
];
const found = [
  [0, 1, 1],
  [2, 2, 3],
];
const targets = [
  [1, 2],
  [3, -1],
  [0.5, 1],
];
const predicted = [
  [1.2, 1.5],
  [2.5, -1],
  [0.5, 2],
];
const weights = [
  [2.9, 1, 1],
  [1, 3, 1],
];

interface Case {
  readonly name: string;
  readonly metric: Metric;
  readonly yTrue: TensorData;
  readonly yPred: TensorData;
  readonly weight?: TensorData;
  /** What keras 3.15.1 gives after `m.update_state(y_true, y_pred, weight)` was called twice. */
  readonly expected: readonly number[];
}

const cases: readonly Case[] = [
  {
    name: 'FBetaScore(average="weighted", beta=2.0, threshold=0.4)',
    metric: metrics.fBetaScore({ average: 'weighted', beta: 2, threshold: 0.4 }),
    yTrue: onehot,
    yPred: scores,
    weight: [1, 2, 0.5, 1],
    expected: [0.41904762387275696],
  },
  {
    name: 'F1Score(average="micro")',
    metric: metrics.f1Score({ average: 'micro' }),
    yTrue: onehot,
    yPred: scores,
    expected: [0.6666666269302368],
  },
  {
    name: 'F1Score()',
    metric: metrics.f1Score(),
    yTrue: onehot,
    yPred: scores,
    weight: [1, 2, 0.5, 1],
    expected: [0, 1, 0.333333283662796],
  },
  {
    name: 'R2Score(num_regressors=2, class_aggregation="variance_weighted_average")',
    metric: metrics.r2Score({ numRegressors: 2, classAggregation: 'variance_weighted_average' }),
    yTrue: targets,
    yPred: predicted,
    expected: [0.7695237994194031],
  },
  {
    name: 'R2Score(class_aggregation=None)',
    metric: metrics.r2Score({ classAggregation: null }),
    yTrue: targets,
    yPred: predicted,
    weight: [1, 2, 0.5],
    expected: [0.8685217499732971, 0.8833333253860474],
  },
  {
    name: 'R2Score(class_aggregation=None) of labels that are all the same',
    metric: metrics.r2Score({ classAggregation: null }),
    yTrue: [
      [1, 2],
      [1, 3],
    ],
    yPred: [
      [2, 2],
      [1, 2],
    ],
    expected: [0, -1],
  },
  {
    name: 'IoU(num_classes=3, target_class_ids=[1, 2]), a prediction outside',
    metric: metrics.iou({ numClasses: 3, targetClassIds: [1, 2] }),
    yTrue: labels,
    yPred: found,
    expected: [0.3333333432674408],
  },
  {
    name: 'IoU(num_classes=3, target_class_ids=[0, 2], ignore_class=1)',
    metric: metrics.iou({ numClasses: 3, targetClassIds: [0, 2], ignoreClass: 1 }),
    yTrue: labels,
    yPred: found,
    expected: [0.75],
  },
  {
    name: 'MeanIoU(num_classes=4), which cuts off fractions of weights',
    metric: metrics.meanIoU({ numClasses: 4 }),
    yTrue: labels,
    yPred: found,
    weight: weights,
    expected: [0.2666666805744171],
  },
  {
    name: 'MeanIoU(num_classes=4, dtype="float32")',
    metric: metrics.meanIoU({ numClasses: 4, dtype: 'float32' }),
    yTrue: labels,
    yPred: found,
    weight: weights,
    expected: [0.285897433757782],
  },
  {
    name: 'BinaryIoU(target_class_ids=[1])',
    metric: metrics.binaryIoU({ targetClassIds: [1] }),
    yTrue: [0, 1, 1, 0],
    yPred: [0.1, 0.5, 0.4, 0.9],
    expected: [0.3333333134651184],
  },
  {
    name: 'OneHotIoU(num_classes=3, target_class_ids=[1])',
    metric: metrics.oneHotIoU({ numClasses: 3, targetClassIds: [1] }),
    yTrue: onehot,
    yPred: scores,
    expected: [0.9999998807907104],
  },
  {
    name: 'OneHotMeanIoU(num_classes=3)',
    metric: metrics.oneHotMeanIoU({ numClasses: 3 }),
    yTrue: onehot,
    yPred: scores,
    expected: [0.5],
  },
  {
    name: 'OneHotMeanIoU(num_classes=3, sparse_y_pred=True)',
    metric: metrics.oneHotMeanIoU({ numClasses: 3, sparseYPred: true }),
    yTrue: onehot,
    yPred: [1, 2, 2, 0],
    expected: [0.6666666865348816],
  },
];

describe('metrics of overlap, F scores and R2', () => {
  it.each(cases)('$name', async ({ metric, yTrue, yPred, weight, expected }) => {
    const sampleWeight = weight === undefined ? undefined : tensor(weight);
    for (const _ of [1, 2]) metric.update(tensor(yTrue), tensor(yPred), sampleWeight);
    expect(relativeError(await metric.result().data(), expected)).toBeLessThan(1e-6);
  });

  it('refuse what they cannot count', () => {
    expect(() => metrics.f1Score().update(tensor([1, 0]), tensor([1, 0]))).toThrow(/\[samples, outputs\]/);
    expect(() => metrics.r2Score().result()).toThrow(/a batch to have been counted/);
    expect(() => metrics.iou({ numClasses: 2, targetClassIds: [2] })).toThrow(/targetClassIds/);
    expect(() => metrics.meanIoU({ numClasses: 0 })).toThrow(/numClasses/);
    expect(() => metrics.fBetaScore({ beta: 0 })).toThrow(/beta/);
    expect(() => metrics.f1Score({ threshold: 0 })).toThrow(/threshold/);
  });

  it('count more pixels than single precision can tell apart', async () => {
    const metric = metrics.meanIoU({ numClasses: 2 });
    const [many, one] = [tensor(2 ** 24), tensor(1)];
    metric.update(tensor([0, 1]), tensor([0, 1]), many);
    for (const _ of [1, 2, 3]) metric.update(tensor([0, 1]), tensor([0, 1]), one);
    const [matrix] = metric.variables;
    expect(await matrix?.value.array()).toEqual([
      [2 ** 24 + 3, 0],
      [0, 2 ** 24 + 3],
    ]);
  });
});
