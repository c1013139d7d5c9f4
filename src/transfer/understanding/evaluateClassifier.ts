import type { Model } from '../../layers/index.js';
import { ArgumentError, checkNumberOption, type Tensor } from '../../tensor/index.js';
import { type Batch, EmptyDataError, type PassOptions, type TrainingData } from '../../training/index.js';
import { classLabels } from './classLabels.js';
import { classCountOf, classProbabilities, type OutputKind, outputKindOf } from './classProbabilities.js';
import {
  type AverageScore,
  averageScore,
  type ClassScore,
  type Confusion,
  type ConfusionCounts,
  classScores,
  topConfusions,
} from './classScores.js';
import { inOrder, onlyOne, openNamed } from './labelledPass.js';
import type { Mistake } from './mistake.js';
import { Tally } from './tally.js';

/** Options of `evaluateClassifier`. */
export interface EvaluateClassifierOptions extends PassOptions {
  /** How many of the worst mistakes to keep, with their samples. @defaultValue `12` */
  readonly worst?: number;
  /** Names of the classes, in the order of the outputs. @defaultValue those of the data or of the model */
  readonly classNames?: readonly string[];
}

/** How well a model tells classes apart. */
export interface ClassifierEvaluation {
  readonly samples: number;
  readonly classNames: readonly string[];
  /** Fraction of samples that were taken for what they are. */
  readonly accuracy: number;
  /** Cross-entropy: mean of `-log(p)` of the class that each sample is of, with `p` at least `1e-7` as in Keras. */
  readonly loss: number;
  readonly confusion: ConfusionCounts;
  readonly classes: readonly ClassScore[];
  /** Mean of the classes, each counting the same. */
  readonly macro: AverageScore;
  /** Mean of the classes, each counting as often as it occurs. */
  readonly weighted: AverageScore;
  /** What is confused with what, most frequent first. */
  readonly confusions: readonly Confusion[];
  /** The worst mistakes: those that give the true class the least probability, worst first. */
  readonly mistakes: readonly Mistake[];
}

/**
 * Looks closely at a classifier: scores of each class, what is taken for what, and the worst mistakes. Works for softmax,
 * for logits, and for one output that is the probability of class 1; targets are class indices or one-hot rows.
 *
 * ```ts
 * const { accuracy, classes, mistakes } = await evaluateClassifier(model, data.validation);
 * ```
 * @throws {ArgumentError} if the model is no classifier, or the names do not go with it.
 * @throws {LabelError | EmptyDataError}
 * @throws the signal's reason once it is aborted.
 */
export async function evaluateClassifier(
  model: Model,
  data: TrainingData,
  options: EvaluateClassifierOptions = {},
): Promise<ClassifierEvaluation> {
  const operation = 'evaluateClassifier';
  const worst = checkNumberOption(operation, 'worst', options.worst ?? 12, { min: 0, integer: true });
  const classes = classCountOf(operation, model);
  const { dataset, classNames, files } = await openNamed(operation, model, data, classes, options.classNames);
  const { batchSize = 32, signal } = options;
  const tally = new Tally(classes, worst);
  let kind: OutputKind | null = null;
  for await (const batch of inOrder(dataset, batchSize)) {
    signal?.throwIfAborted();
    const outputs = await model.predict(batch.x, { batchSize });
    const values = await outputs.data();
    kind ??= outputKindOf(model, batch.x, values);
    const labels = await classLabels(operation, targetsOf(operation, batch), classes);
    await tally.add(labels, classProbabilities(values, outputs.shape[1] as number, kind), onlyOne(batch.x));
  }
  if (tally.samples === 0) throw new EmptyDataError(operation);
  const { confusion, samples } = tally;
  const scores = classScores(confusion, classNames);
  return {
    samples,
    classNames,
    accuracy: confusion.reduce((right, row, i) => right + (row[i] as number), 0) / samples,
    loss: tally.loss / samples,
    confusion,
    classes: scores,
    macro: averageScore(scores, 'macro'),
    weighted: averageScore(scores, 'weighted'),
    confusions: topConfusions(confusion),
    mistakes: tally.mistakes.map((mistake) => ({ ...mistake, file: files?.[mistake.position] ?? null })),
  };
}

function targetsOf(operation: string, { y }: Batch): Tensor {
  const targets = onlyOne(y);
  if (targets !== null) return targets;
  throw new ArgumentError({
    operation,
    expected: 'one class for each sample in y',
    received: Array.isArray(y) && y.length > 1 ? `${y.length} arrays` : 'none',
    remedy: 'Give { x, y }, or a data set with classes.',
  });
}
