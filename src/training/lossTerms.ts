import {
  ArgumentError,
  add,
  cast,
  formatShape,
  formatValue,
  isClassDescription,
  mul,
  ShapeError,
  type Tensor,
} from '../tensor/index.js';
import { getLoss, type Loss, type LossLike } from './losses/index.js';
import { type PerOutput, spread } from './perOutput.js';

/** The loss of one output. */
export interface LossTerm {
  /** Number of the output. */
  readonly output: number;
  readonly loss: Loss;
  /** Factor in the total. */
  readonly weight: number;
  /** Its name in logs. */
  readonly key: string;
}

/** One loss for every output, or one for each. */
export type LossOption = LossLike | PerOutput<LossLike>;

/** A number for the only output, or one for each. */
export type LossWeightOption = number | PerOutput<number>;

/**
 * Which loss belongs to which output.
 * @throws {ArgumentError} if losses or weights do not go with the outputs.
 */
export function resolveLosses(
  loss: LossOption | null | undefined,
  lossWeights: LossWeightOption | null | undefined,
  outputNames: readonly string[],
): readonly LossTerm[] {
  if (loss === null || loss === undefined) return [];
  const losses = isPerOutput(loss) ? spread('loss', loss, outputNames) : outputNames.map(() => loss);
  const weights =
    lossWeights === null || lossWeights === undefined
      ? outputNames.map(() => 1)
      : typeof lossWeights === 'number'
        ? spread('lossWeights', [lossWeights], outputNames)
        : spread('lossWeights', lossWeights, outputNames);
  return outputNames.flatMap((name, output) => {
    const identifier = losses[output] ?? null;
    if (identifier === null) return [];
    return [{ output, loss: getLoss(identifier), weight: checkWeight(weights[output] ?? 1), key: `${name}_loss` }];
  });
}

/** The losses of a batch: their weighted sum with the penalties, and each on its own. */
export interface Losses {
  readonly total: Tensor;
  readonly parts: readonly Tensor[];
}

/** What a model makes of a batch, and what it should have made of it: one entry for each output. */
export interface PredictedBatch {
  readonly yTrue: readonly Tensor[];
  readonly yPred: readonly Tensor[];
  readonly sampleWeight: readonly Tensor[];
  /** Which elements of the predictions count; `null` where all do. */
  readonly masks: readonly (Tensor | null)[];
}

/**
 * Shape: scalars.
 * @throws {ArgumentError} if there is neither a loss nor a penalty.
 * @throws {ShapeError} if a loss is not one number, or does not go with its output.
 */
export function computeLosses(
  terms: readonly LossTerm[],
  penalties: readonly Tensor[],
  { yTrue, yPred, sampleWeight, masks }: PredictedBatch,
): Losses {
  const parts = terms.map(({ loss, output }) => {
    const mask = masks[output] ?? undefined;
    return checkScalar(loss, loss.apply(yTrue[output] as Tensor, yPred[output] as Tensor, sampleWeight[output], mask));
  });
  const weighted = terms.map(({ weight }, i) =>
    weight === 1 ? (parts[i] as Tensor) : mul(parts[i] as Tensor, weight),
  );
  const [first, ...rest] = [...weighted, ...penalties];
  if (first === undefined) {
    throw new ArgumentError({
      operation: 'fit',
      expected: 'a loss',
      received: 'none',
      remedy: 'Give one to compile({ loss }), or regularise a weight.',
    });
  }
  return { total: rest.reduce((total, value) => add(total, cast(value, total.dtype)), first), parts };
}

function isPerOutput(loss: LossOption): loss is PerOutput<LossLike> {
  return Array.isArray(loss) || (Object.getPrototypeOf(loss) === Object.prototype && !isClassDescription(loss));
}

function checkScalar({ name }: Loss, value: Tensor): Tensor {
  if (value.rank === 0) return value;
  throw new ShapeError({
    operation: name,
    expected: 'one number for a batch',
    received: `shape ${formatShape(value.shape)}`,
    remedy: "Train with another reduction than 'none'.",
  });
}

function checkWeight(weight: number): number {
  if (Number.isFinite(weight)) return weight;
  throw new ArgumentError({
    operation: 'compile',
    expected: 'lossWeights to be finite numbers',
    received: formatValue(weight),
    remedy: 'They scale the loss of each output in the total.',
  });
}
