import type { ReadOptions } from '../../layers/index.js';
import { checkNumberOption, formatShape, ShapeError, Tensor } from '../../tensor/index.js';
import { type ImagenetClass, imagenetClasses } from './classIndex.js';

/** A class and how likely it is. */
export interface Prediction extends ImagenetClass {
  /** What the network gives for it: a probability, unless it has no softmax. */
  readonly score: number;
}

/** Options of `decodePredictions`. */
export interface DecodeOptions extends ReadOptions {
  /** How many classes to name. @defaultValue `5` */
  readonly top?: number | undefined;
}

/** Numbers with a shape, such as a scijs `ndarray` holds them. */
interface Scores {
  readonly shape: readonly number[];
  get(row: number, column: number): number;
}

/**
 * Names the likeliest classes of ImageNet, likeliest first, for each sample.
 * Shape: `[samples, 1000]`.
 * @throws {ShapeError} for scores of other classes. @throws {DownloadError} if the names cannot be had.
 */
export async function decodePredictions(
  predictions: Tensor | Scores | Float32Array,
  options: DecodeOptions = {},
): Promise<readonly (readonly Prediction[])[]> {
  const top = checkNumberOption('decodePredictions', 'top', options.top ?? 5, { min: 1, integer: true });
  const shape = predictions instanceof Float32Array ? [predictions.length / 1000, 1000] : predictions.shape;
  const [samples = 0, count] = shape;
  if (shape.length !== 2 || count !== 1000 || !Number.isInteger(samples)) {
    throw new ShapeError({
      operation: 'decodePredictions',
      expected: 'predictions of shape [samples, 1000]',
      received: formatShape(shape),
      remedy: 'For classes of your own, the names are in model.metadata.',
    });
  }
  const classes = await imagenetClasses(options);
  const score = await readerOf(predictions);
  return Array.from({ length: samples }, (_, row) =>
    classes
      .map((known, i) => ({ ...known, score: score(row, i) }))
      .sort((a, b) => b.score - a.score)
      .slice(0, top),
  );
}

async function readerOf(predictions: Tensor | Scores | Float32Array): Promise<(row: number, column: number) => number> {
  if (!(predictions instanceof Tensor) && !(predictions instanceof Float32Array)) {
    return (row, column) => predictions.get(row, column);
  }
  const data = predictions instanceof Tensor ? await predictions.data() : predictions;
  return (row, column) => data[row * 1000 + column] as number;
}
