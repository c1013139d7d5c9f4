import type { Tensor } from '../../tensor/index.js';
import { Statistic } from './statistic.js';

/** Options every metric takes. */
export interface MetricOptions {
  /** Its name in logs. @defaultValue the class in snake case */
  readonly name?: string;
}

/** Says how good predictions have been since the last reset. */
export abstract class Metric extends Statistic {
  /** Whether more is better or less; `null` if nobody knows. */
  abstract readonly direction: 'up' | 'down' | null;

  /**
   * Takes a batch into account. Inside a trace this is an effect.
   * @param sampleWeight how much each entry counts. @defaultValue all count the same
   * @param predictionMask which entries count at all: the mask of the predictions. Means heed it. @defaultValue all do
   * @throws {ShapeError | DTypeError} if the tensors do not go together; nothing is counted then.
   */
  abstract update(yTrue: Tensor, yPred: Tensor, sampleWeight?: Tensor, predictionMask?: Tensor): void;
}
