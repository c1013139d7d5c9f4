import { BinaryCrossentropy, type BinaryCrossentropyOptions } from '../losses/binaryCrossentropy.js';
import { CategoricalCrossentropy, type CategoricalCrossentropyOptions } from '../losses/categoricalCrossentropy.js';
import { CategoricalHinge } from '../losses/categoricalHinge.js';
import { Hinge } from '../losses/hinge.js';
import { KLDivergence } from '../losses/klDivergence.js';
import { LogCosh } from '../losses/logCosh.js';
import { MeanAbsoluteError } from '../losses/meanAbsoluteError.js';
import { MeanAbsolutePercentageError } from '../losses/meanAbsolutePercentageError.js';
import { MeanSquaredError } from '../losses/meanSquaredError.js';
import { MeanSquaredLogarithmicError } from '../losses/meanSquaredLogarithmicError.js';
import { Poisson } from '../losses/poisson.js';
import {
  SparseCategoricalCrossentropy,
  type SparseCategoricalCrossentropyOptions,
} from '../losses/sparseCategoricalCrossentropy.js';
import { SquaredHinge } from '../losses/squaredHinge.js';
import { AUC, type AUCOptions } from './auc.js';
import { BinaryAccuracy, type BinaryAccuracyOptions } from './binaryAccuracy.js';
import { BinaryIoU, type BinaryIoUOptions } from './binaryIoU.js';
import { CategoricalAccuracy } from './categoricalAccuracy.js';
import { ConfusionCount } from './confusionCount.js';
import { CosineSimilarityMetric, type CosineSimilarityMetricOptions } from './cosineSimilarity.js';
import { F1Score } from './f1Score.js';
import { type F1ScoreOptions, FBetaScore, type FBetaScoreOptions } from './fBetaScore.js';
import { IoU, type IoUOptions } from './iou.js';
import { LossMetric } from './lossMetric.js';
import { MeanIoU, type MeanIoUOptions } from './meanIoU.js';
import type { MetricOptions } from './metric.js';
import { OneHotIoU, OneHotMeanIoU } from './oneHotIoU.js';
import { Precision } from './precision.js';
import { R2Score, type R2ScoreOptions } from './r2Score.js';
import { Recall } from './recall.js';
import { RootMeanSquaredError } from './rootMeanSquaredError.js';
import { SparseCategoricalAccuracy } from './sparseCategoricalAccuracy.js';
import { SparseTopKCategoricalAccuracy } from './sparseTopKCategoricalAccuracy.js';
import type { ThresholdOptions } from './thresholds.js';
import type { TopKOptions } from './topK.js';
import { TopKCategoricalAccuracy } from './topKCategoricalAccuracy.js';

// Each makes a metric with Keras's defaults; what it computes is said at its class.

export function binaryAccuracy(options: BinaryAccuracyOptions = {}): BinaryAccuracy {
  return new BinaryAccuracy(options);
}

export function categoricalAccuracy(options: MetricOptions = {}): CategoricalAccuracy {
  return new CategoricalAccuracy(options);
}

export function sparseCategoricalAccuracy(options: MetricOptions = {}): SparseCategoricalAccuracy {
  return new SparseCategoricalAccuracy(options);
}

export function topKCategoricalAccuracy(options: TopKOptions = {}): TopKCategoricalAccuracy {
  return new TopKCategoricalAccuracy(options);
}

export function sparseTopKCategoricalAccuracy(options: TopKOptions = {}): SparseTopKCategoricalAccuracy {
  return new SparseTopKCategoricalAccuracy(options);
}

export function binaryCrossentropy(options: Omit<BinaryCrossentropyOptions, 'reduction' | 'axis'> = {}): LossMetric {
  // Keras refuses an axis here.
  return new LossMetric(new BinaryCrossentropy(options), { lossOnly: ['axis'] });
}

export function categoricalCrossentropy(options: Omit<CategoricalCrossentropyOptions, 'reduction'> = {}): LossMetric {
  return new LossMetric(new CategoricalCrossentropy(options));
}

export function sparseCategoricalCrossentropy(
  options: Omit<SparseCategoricalCrossentropyOptions, 'reduction'> = {},
): LossMetric {
  return new LossMetric(new SparseCategoricalCrossentropy(options));
}

export function meanSquaredError(options: MetricOptions = {}): LossMetric {
  return new LossMetric(new MeanSquaredError(options));
}

export function meanAbsoluteError(options: MetricOptions = {}): LossMetric {
  return new LossMetric(new MeanAbsoluteError(options));
}

export function meanAbsolutePercentageError(options: MetricOptions = {}): LossMetric {
  return new LossMetric(new MeanAbsolutePercentageError(options));
}

export function meanSquaredLogarithmicError(options: MetricOptions = {}): LossMetric {
  return new LossMetric(new MeanSquaredLogarithmicError(options));
}

export function klDivergence(options: MetricOptions = {}): LossMetric {
  return new LossMetric(new KLDivergence(options));
}

export function poisson(options: MetricOptions = {}): LossMetric {
  return new LossMetric(new Poisson(options));
}

export function hinge(options: MetricOptions = {}): LossMetric {
  return new LossMetric(new Hinge(options));
}

export function squaredHinge(options: MetricOptions = {}): LossMetric {
  return new LossMetric(new SquaredHinge(options));
}

export function categoricalHinge(options: MetricOptions = {}): LossMetric {
  return new LossMetric(new CategoricalHinge(options));
}

export function logCoshError(options: MetricOptions = {}): LossMetric {
  return new LossMetric(new LogCosh({ name: 'logcosh', ...options }), { className: 'LogCoshError' });
}

export function rootMeanSquaredError(options: MetricOptions = {}): RootMeanSquaredError {
  return new RootMeanSquaredError(options);
}

export function cosineSimilarity(options: CosineSimilarityMetricOptions = {}): CosineSimilarityMetric {
  return new CosineSimilarityMetric(options);
}

export function precision(options: ThresholdOptions = {}): Precision {
  return new Precision(options);
}

export function recall(options: ThresholdOptions = {}): Recall {
  return new Recall(options);
}

export function truePositives(options: ThresholdOptions = {}): ConfusionCount {
  return new ConfusionCount('TruePositives', options);
}

export function falsePositives(options: ThresholdOptions = {}): ConfusionCount {
  return new ConfusionCount('FalsePositives', options);
}

export function trueNegatives(options: ThresholdOptions = {}): ConfusionCount {
  return new ConfusionCount('TrueNegatives', options);
}

export function falseNegatives(options: ThresholdOptions = {}): ConfusionCount {
  return new ConfusionCount('FalseNegatives', options);
}

export function auc(options: AUCOptions = {}): AUC {
  return new AUC(options);
}

export function f1Score(options: F1ScoreOptions = {}): F1Score {
  return new F1Score(options);
}

export function fBetaScore(options: FBetaScoreOptions = {}): FBetaScore {
  return new FBetaScore(options);
}

export function r2Score(options: R2ScoreOptions = {}): R2Score {
  return new R2Score(options);
}

export function iou(options: IoUOptions): IoU {
  return new IoU(options);
}

export function binaryIoU(options: BinaryIoUOptions = {}): BinaryIoU {
  return new BinaryIoU(options);
}

export function meanIoU(options: MeanIoUOptions): MeanIoU {
  return new MeanIoU(options);
}

export function oneHotIoU(options: Omit<IoUOptions, 'sparseYTrue'>): OneHotIoU {
  return new OneHotIoU(options);
}

export function oneHotMeanIoU(options: Omit<MeanIoUOptions, 'sparseYTrue'>): OneHotMeanIoU {
  return new OneHotMeanIoU(options);
}
