import { ArgumentError, type ClassDescription, type Config, formatValue, readDescription } from '../../tensor/index.js';
import type { LossFunction } from '../losses/functionLoss.js';
import { NameTable } from '../losses/nameTable.js';
import { accuracyFor, isAccuracy, type MetricShapes } from './accuracy.js';
import * as make from './factories.js';
import { FunctionMetric } from './functionMetric.js';
import type { IoUOptions } from './iou.js';
import type { MeanIoUOptions } from './meanIoU.js';
import { Metric } from './metric.js';

/** The metrics by their names. Each checks the options it is given. */
export const metricClasses = new NameTable<(config: Config) => Metric>([
  ['BinaryAccuracy', make.binaryAccuracy],
  ['CategoricalAccuracy', make.categoricalAccuracy],
  ['SparseCategoricalAccuracy', make.sparseCategoricalAccuracy],
  ['TopKCategoricalAccuracy', make.topKCategoricalAccuracy],
  ['SparseTopKCategoricalAccuracy', make.sparseTopKCategoricalAccuracy],
  ['BinaryCrossentropy', make.binaryCrossentropy, 'bce'],
  ['CategoricalCrossentropy', make.categoricalCrossentropy],
  ['SparseCategoricalCrossentropy', make.sparseCategoricalCrossentropy],
  ['MeanSquaredError', make.meanSquaredError, 'mse'],
  ['RootMeanSquaredError', make.rootMeanSquaredError, 'rmse'],
  ['MeanAbsoluteError', make.meanAbsoluteError, 'mae'],
  ['MeanAbsolutePercentageError', make.meanAbsolutePercentageError, 'mape'],
  ['MeanSquaredLogarithmicError', make.meanSquaredLogarithmicError, 'msle'],
  ['CosineSimilarity', make.cosineSimilarity],
  ['LogCoshError', make.logCoshError, 'log_cosh'],
  ['KLDivergence', make.klDivergence, 'kld', 'kullback_leibler_divergence'],
  ['Poisson', make.poisson],
  ['Hinge', make.hinge],
  ['SquaredHinge', make.squaredHinge],
  ['CategoricalHinge', make.categoricalHinge],
  ['Precision', make.precision],
  ['Recall', make.recall],
  ['TruePositives', make.truePositives],
  ['FalsePositives', make.falsePositives],
  ['TrueNegatives', make.trueNegatives],
  ['FalseNegatives', make.falseNegatives],
  ['AUC', make.auc],
  ['F1Score', make.f1Score],
  ['FBetaScore', make.fBetaScore],
  ['R2Score', make.r2Score],
  ['IoU', (config) => make.iou(config as Config & IoUOptions)],
  ['BinaryIoU', make.binaryIoU],
  ['MeanIoU', (config) => make.meanIoU(config as Config & MeanIoUOptions)],
  ['OneHotIoU', (config) => make.oneHotIoU(config as Config & IoUOptions)],
  ['OneHotMeanIoU', (config) => make.oneHotMeanIoU(config as Config & MeanIoUOptions)],
]);

/** What stands for a metric: itself, a name, what files say about it, or a function. */
export type MetricLike = Metric | LossFunction | string | ClassDescription;

/**
 * The metric meant by `identifier`, as in `'mse'`, `'binary_accuracy'`, `'AUC'` or
 * `{ className: 'Precision', config: { thresholds: 0.7 } }`. One that was asked for by name has that name in logs.
 * `'accuracy'` and `'acc'` mean the kind of accuracy that fits the shapes.
 * @throws {ArgumentError} if there is no such metric, or if an option is outside its range.
 */
export function getMetric(identifier: MetricLike, shapes?: MetricShapes): Metric {
  if (identifier instanceof Metric) return identifier;
  if (typeof identifier === 'function') return new FunctionMetric(identifier);
  if (typeof identifier === 'string' && isAccuracy(identifier)) return accuracyFor(identifier, shapes);
  const description = readDescription(identifier);
  const make = description === null ? undefined : metricClasses.find(description.className);
  if (description !== null && make !== undefined) {
    return make(typeof identifier === 'string' ? { name: identifier } : description.config);
  }
  throw new ArgumentError({
    operation: 'getMetric',
    expected: `'accuracy', a metric, a function, or one of ${metricClasses.classNames.join(', ')}`,
    received: formatValue(description?.className ?? identifier),
    remedy: 'Make one with metrics.binaryAccuracy(…) and the like.',
  });
}
