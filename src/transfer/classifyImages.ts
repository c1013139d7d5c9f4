import { ImageDecodeError, type ImageSource, loadImages, nameOfImage } from '../io/index.js';
import type { Model } from '../layers/index.js';
import { ArgumentError, concat, evaluate, formatShape, type Size2d, type Tensor } from '../tensor/index.js';
import { preprocessor } from './applications/preprocessInput.js';
import { preprocessingOf } from './applications/preprocessing.js';
import { classCountOf, classProbabilities, outputKindOf } from './understanding/classProbabilities.js';
import { namesIn } from './understanding/labelledPass.js';

/** Options of `classifyImages`. */
export interface ClassifyImagesOptions {
  /** How many classes to name for each picture, the likeliest first. @defaultValue `3` */
  readonly top?: number | undefined;
  /** Height and width the pictures are brought to. @defaultValue what the model takes */
  readonly size?: Size2d | undefined;
  /** Pictures in a batch. @defaultValue `32` */
  readonly batchSize?: number | undefined;
  /** Stops between two pictures. */
  readonly signal?: AbortSignal | undefined;
}

/** A class and how likely it is. */
export interface ClassPrediction {
  /** Position among the classes. */
  readonly label: number;
  /** Its name, or the label where the model knows no names. */
  readonly className: string;
  /** Its probability. */
  readonly score: number;
}

/** What a model says of a picture. */
export interface ClassifiedImage {
  /** The path, or the position in the list. */
  readonly file: string;
  /** The likeliest classes; none if the picture could not be read. */
  readonly predictions: readonly ClassPrediction[];
  /** Why the picture could not be read. */
  readonly error: ImageDecodeError | null;
}

/**
 * Says what is on pictures: reads them, prepares them as the model's `metadata` asks, and names the likeliest classes by
 * the names that travel with the model. Pictures that cannot be read are told one by one.
 *
 * ```ts
 * const model = await loadModel('raccoons.keras');
 * const [photo] = await classifyImages(model, ['photo.jpg']);
 * console.log(photo.predictions[0].className);
 * ```
 * @param sources paths (Node) or the bytes of files.
 * @throws {ArgumentError} if the model does not take pictures, or does not give one number for each class.
 */
export async function classifyImages(
  model: Model,
  sources: readonly ImageSource[],
  options: ClassifyImagesOptions = {},
): Promise<readonly ClassifiedImage[]> {
  const { top = 3, batchSize = 32, signal } = options;
  const size = options.size ?? pictureSizeOf(model);
  const classes = classCountOf('classifyImages', model);
  const known = namesIn(model.metadata);
  const names = known?.length === classes ? known : Array.from({ length: classes }, (_, label) => String(label));
  const results: ClassifiedImage[] = [];
  for (let start = 0; start < sources.length; start += batchSize) {
    const read = await Promise.all(
      sources.slice(start, start + batchSize).map((source, i) => readImage(source, start + i, size, signal)),
    );
    const pictures = read.flatMap(({ pixels }) => (pixels === null ? [] : [pixels]));
    const scores = pictures.length === 0 ? [] : await scoresOf(model, concat(pictures, 0), batchSize);
    let next = 0;
    for (const { file, pixels, error } of read) {
      const predictions = pixels === null ? [] : likeliest(scores[next++] as readonly number[], names, top);
      results.push({ file, predictions, error });
    }
  }
  return results;
}

/** Pixels of 0 to 255 as a model wants them, by what its `metadata` says. */
export function prepareImages({ metadata }: Model, pixels: Tensor): Tensor {
  const mode = preprocessingOf(metadata);
  return mode === 'none' ? pixels : preprocessor(mode)(pixels);
}

/**
 * The height and width of the pictures a model takes.
 * @throws {ArgumentError} if it does not take pictures of three colours and of one size.
 */
export function pictureSizeOf(model: Model): Size2d {
  const [shape] = model.inputShapes;
  const [, height, width, channels] = shape ?? [];
  if (shape?.length === 4 && channels === 3 && typeof height === 'number' && typeof width === 'number') {
    return [height, width];
  }
  throw new ArgumentError({
    operation: 'classifyImages',
    expected: `'${model.name}' to take pictures of three colours and of one size`,
    received: `inputs of shape ${model.inputShapes.map(formatShape).join(', ')}`,
    remedy: 'Give size: [height, width] if any size will do.',
  });
}

interface ReadImage {
  readonly file: string;
  readonly pixels: Tensor | null;
  readonly error: ImageDecodeError | null;
}

async function readImage(
  source: ImageSource,
  position: number,
  size: Size2d,
  signal: AbortSignal | undefined,
): Promise<ReadImage> {
  const file = nameOfImage(source, position);
  try {
    return { file, pixels: await loadImages([source], { size, signal }), error: null };
  } catch (error) {
    if (!(error instanceof ImageDecodeError)) throw error;
    return { file, pixels: null, error };
  }
}

/** A list of probabilities for each picture. */
async function scoresOf(model: Model, pixels: Tensor, batchSize: number): Promise<readonly (readonly number[])[]> {
  const x = prepareImages(model, pixels);
  await evaluate([x]);
  const y = await model.predict(x, { batchSize });
  const [count, units] = y.shape as readonly [number, number];
  const outputs = await y.data();
  const { classes, values } = classProbabilities(outputs, units, outputKindOf(model, x, outputs));
  return Array.from({ length: count }, (_, i) => Array.from(values.subarray(i * classes, (i + 1) * classes)));
}

function likeliest(scores: readonly number[], names: readonly string[], top: number): readonly ClassPrediction[] {
  return scores
    .map((score, label) => ({ label, className: names[label] as string, score }))
    .sort((a, b) => b.score - a.score)
    .slice(0, top);
}
