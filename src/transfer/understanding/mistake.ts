import type { Tensor } from '../../tensor/index.js';

/** A sample that was taken for another class. */
export interface Mistake {
  /** Position in the data. */
  readonly position: number;
  /** Its file, where samples have files. */
  readonly file: string | null;
  /** The class it is of. */
  readonly truth: number;
  /** The class it was taken for. */
  readonly prediction: number;
  /** Probability of the prediction. */
  readonly confidence: number;
  /** Probability of the class it is of. */
  readonly truthProbability: number;
  /** The sample itself, as the model was given it; `null` for models with several inputs. */
  readonly sample: Tensor | null;
}
