import { ArgumentError, type Tensor } from '../../tensor/index.js';
import { takerOf } from '../features/featureBatch.js';
import type { LossTerm } from '../lossTerms.js';
import type { Trainable } from '../trainable.js';
import { asList } from './arrayData.js';
import { checkInputs, checkTargetCount, nameOf } from './checkInputs.js';
import { type ClassWeight, sampleWeightsOf } from './classWeights.js';
import type { Batch } from './dataset.js';
import { checkLabels } from './labelError.js';
import { checkSampleCounts } from './sampleCountError.js';

/** A batch that has been checked and brought into the form a step takes. */
export interface TrainingBatch {
  readonly x: readonly Tensor[];
  /** One for each output. */
  readonly y: readonly Tensor[];
  /** One for each output, or none at all. */
  readonly sampleWeight: readonly Tensor[];
  /** Number of samples. */
  readonly size: number;
  /** What takes the inputs: the model, or the part of it above features. */
  readonly taker: Trainable;
}

/** Targets of an output that must be class indices. */
export interface LabelRule {
  readonly output: number;
  readonly classes: number;
  /** A label that marks entries to be left out. */
  readonly ignored: number | null;
}

/** What a batch is checked against. */
export interface BatchContext {
  readonly operation: string;
  readonly model: Trainable;
  readonly lossTerms: readonly LossTerm[];
  readonly classWeight?: ClassWeight | undefined;
}

/**
 * Checks a batch and completes its weights.
 * @throws {ArgumentError | ShapeError | SampleCountError | LabelError} if the model cannot learn from it.
 */
export async function prepareBatch(context: BatchContext, batch: Batch): Promise<TrainingBatch> {
  const { operation, model, classWeight } = context;
  const x = asList(batch.x);
  const y = asList(batch.y);
  const given = asList(batch.sampleWeight);
  const taker = takerOf(batch, model);
  checkInputs(
    operation,
    taker,
    x.map(({ shape }) => shape),
  );
  checkTargetCount(operation, model, y.length);
  checkWeights(context, y.length, given.length);
  const weights = classWeight === undefined ? given : [await sampleWeightsOf(y[0] as Tensor, classWeight)];
  const sampleWeight = weights.length === 1 ? y.map(() => weights[0] as Tensor) : weights;
  checkSampleCounts(operation, sampleCounts({ x, y, sampleWeight: weights }));
  for (const { output, classes, ignored } of labelRules(context)) {
    await checkLabels(operation, y[output] as Tensor, classes, ignored);
  }
  return { x, y, sampleWeight, size: x[0]?.shape[0] ?? 0, taker };
}

/** Which outputs are to be given class indices, and how many classes they have. */
export function labelRules({ model, lossTerms }: BatchContext): readonly LabelRule[] {
  return lossTerms.flatMap(({ loss, output }) => {
    const classes = model.outputShapes[output]?.at(-1) ?? null;
    return loss.sparseLabels && classes !== null ? [{ output, classes, ignored: loss.ignoredLabel }] : [];
  });
}

function sampleCounts(arrays: Readonly<Record<string, readonly Tensor[]>>): Readonly<Record<string, number>> {
  const entries = Object.entries(arrays).flatMap(([name, list]) =>
    list.map(({ shape }, i) => [nameOf(name, i, list.length), shape[0] ?? 0] as const),
  );
  return Object.fromEntries(entries);
}

function checkWeights({ operation, classWeight }: BatchContext, outputs: number, weights: number): void {
  if (classWeight !== undefined && (outputs > 1 || weights > 0)) {
    throw new ArgumentError({
      operation,
      expected: 'classWeight with a model of one output, and without sampleWeight',
      received: outputs > 1 ? `${outputs} outputs` : 'both classWeight and sampleWeight',
      remedy: 'Give sampleWeight, which can express both.',
    });
  }
  if (weights > 1 && weights !== outputs) {
    throw new ArgumentError({
      operation,
      expected: `one sampleWeight for all outputs, or one for each of the ${outputs}`,
      received: String(weights),
      remedy: 'Use ones for outputs whose samples all count the same.',
    });
  }
}
