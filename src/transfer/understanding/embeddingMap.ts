import type { Layer, Model } from '../../layers/index.js';
import { checkNumberOption, compile, type Tensor } from '../../tensor/index.js';
import { EmptyDataError, type PassOptions, type TrainingData } from '../../training/index.js';
import { classLabels, largestIn } from './classLabels.js';
import { classCountOf, classProbabilities, type OutputKind, outputKindOf } from './classProbabilities.js';
import { outputsAndFeatures } from './features.js';
import { allOf, onlyOne, openNamed, spread } from './labelledPass.js';
import { principalComponents } from './principalComponents.js';

/** Options of `embeddingMap`. */
export interface EmbeddingMapOptions extends PassOptions {
  /** The layer whose outputs are looked at, by name or path. @defaultValue what the last layer with weights is given */
  readonly layer?: string | Layer;
  /**
   * Most samples to show, 2 or more: evenly spread over data that can be asked for single samples, otherwise the first.
   * @defaultValue `500`
   */
  readonly limit?: number;
  /** Names of the classes, in the order of the outputs. @defaultValue those of the data or of the model */
  readonly classNames?: readonly string[];
}

/** A sample on the map. */
export interface EmbeddingPoint {
  readonly x: number;
  readonly y: number;
  /** The class it is of; `null` for data without classes. */
  readonly truth: number | null;
  /** The class it is taken for. */
  readonly prediction: number;
  /** Position in the data. */
  readonly position: number;
  /** Its file, where samples have files. */
  readonly file: string | null;
}

/** Samples on a plane: close together if the model sees something alike in them. */
export interface EmbeddingMap {
  readonly points: readonly EmbeddingPoint[];
  /** Fractions of what tells samples apart that the two directions of the map show. */
  readonly explained: readonly [x: number, y: number];
  readonly classNames: readonly string[];
}

/**
 * A map of what a classifier sees: the features of samples, in the two directions in which they differ most (principal
 * components). Features are what the last layer with weights is given, or what a layer gives; maps of features are averaged
 * over their places. The same samples give the same map, whatever their order.
 *
 * ```ts
 * const map = await embeddingMap(model, data.validation);
 * await writeReport('report.html', { model, map });
 * ```
 * @throws {ArgumentError} if the model is no classifier, the layer gives no features, or the names do not go with it.
 * @throws {LabelError | EmptyDataError}
 * @throws the signal's reason once it is aborted.
 */
export async function embeddingMap(
  model: Model,
  data: TrainingData,
  options: EmbeddingMapOptions = {},
): Promise<EmbeddingMap> {
  const operation = 'embeddingMap';
  const { batchSize = 32, signal, layer } = options;
  const limit = checkNumberOption(operation, 'limit', options.limit ?? 500, { min: 2, integer: true });
  const classes = classCountOf(operation, model);
  const { dataset, classNames, files } = await openNamed(operation, model, data, classes, options.classNames);
  const forward = compile((...inputs: readonly Tensor[]) => outputsAndFeatures(operation, model, inputs, layer), {
    name: `${model.name}: features`,
    key: () => model.trainableKey,
  });
  const features: number[] = [];
  const points: Omit<EmbeddingPoint, 'x' | 'y'>[] = [];
  let kind: OutputKind | null = null;
  let width = 0;
  for await (const { batch, positions } of spread(dataset, batchSize, limit)) {
    signal?.throwIfAborted();
    const [outputs, found] = (await forward(...allOf(batch.x))) as readonly [Tensor, Tensor];
    const values = await outputs.data();
    kind ??= outputKindOf(model, batch.x, values);
    const probabilities = classProbabilities(values, outputs.shape[1] as number, kind).values;
    const targets = onlyOne(batch.y);
    const labels = targets === null ? null : await classLabels(operation, targets, classes);
    const rows = await found.data();
    width = found.shape[1] as number;
    for (const [i, position] of positions.entries()) {
      for (let k = 0; k < width; k++) features.push(rows[i * width + k] as number);
      points.push({
        truth: labels?.[i] ?? null,
        prediction: largestIn(probabilities.subarray(i * classes), 0, classes),
        position,
        file: files?.[position] ?? null,
      });
    }
  }
  if (points.length === 0) throw new EmptyDataError(operation);
  const { coordinates, explained } = principalComponents(features, width);
  const at = (i: number): number => coordinates[i] as number;
  return { points: points.map((point, i) => ({ x: at(2 * i), y: at(2 * i + 1), ...point })), explained, classNames };
}
