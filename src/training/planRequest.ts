import { ArgumentError, checkNumberOption, floatx, formatShape, type Shape, type TensorSpec } from '../tensor/index.js';
import type { Compilation } from './compilation.js';

/** What a training step is to be planned for. */
export interface PlanRequest {
  /** Samples in a batch; at least 1. @defaultValue `32` */
  readonly batchSize?: number;
  /** Shapes and dtypes of a batch of inputs. @defaultValue those of the model, in `floatx()` */
  readonly inputs?: readonly TensorSpec[];
  /**
   * Shapes and dtypes of a batch of targets. @defaultValue those of the outputs; integers without the last axis for losses
   * that take class indices
   */
  readonly targets?: readonly TensorSpec[];
}

/** The inputs and targets of the step that is to be planned. @throws {ArgumentError} if sizes are missing. */
export function planSpecs(
  { model, lossTerms }: Compilation,
  request: PlanRequest,
): { readonly inputs: readonly TensorSpec[]; readonly targets: readonly TensorSpec[] } {
  const batchSize = checkNumberOption('trainingPlan', 'batchSize', request.batchSize ?? 32, { min: 1, integer: true });
  const { inputs, targets } = request;
  return {
    inputs: inputs ?? model.inputShapes.map((shape) => ({ shape: known(shape, batchSize), dtype: floatx() })),
    targets:
      targets ??
      model.outputShapes.map((shape, output) =>
        lossTerms.some((term) => term.output === output && term.loss.sparseLabels)
          ? { shape: known(shape.slice(0, -1), batchSize), dtype: 'int32' }
          : { shape: known(shape, batchSize), dtype: floatx() },
      ),
  };
}

function known([, ...rest]: readonly (number | null)[], batchSize: number): Shape {
  return [
    batchSize,
    ...rest.map((size) => {
      if (size !== null) return size;
      throw new ArgumentError({
        operation: 'trainingPlan',
        expected: 'a model whose sizes are all known but for the batch',
        received: formatShape([null, ...rest]),
        remedy: 'Give inputs and targets, with the sizes to plan for.',
      });
    }),
  ];
}
