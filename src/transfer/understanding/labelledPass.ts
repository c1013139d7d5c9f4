import type { Model } from '../../layers/index.js';
import { ArgumentError, Tensor, wrap } from '../../tensor/index.js';
import { ArrayDataset, type Batch, type Dataset, isIndexed, type TrainingData } from '../../training/index.js';

/** Data with names of classes, and of files if they have any. */
export interface NamedDataset {
  readonly dataset: Dataset;
  readonly classNames: readonly string[];
  /** The file of each sample; `null` if samples are no files. */
  readonly files: readonly string[] | null;
}

/** The classes by name: those given, those of the data, those of the model, or their numbers. */
export async function openNamed(
  operation: string,
  model: Model,
  data: TrainingData,
  classes: number,
  given: readonly string[] | undefined,
): Promise<NamedDataset> {
  const dataset: Dataset = 'batches' in data ? data : await ArrayDataset.from(operation, data);
  const names = given ?? dataset.classNames ?? namesIn(model.metadata);
  if (names !== null && names.length !== classes) {
    throw new ArgumentError({
      operation,
      expected: `names for the ${classes} classes of '${model.name}'`,
      received: `${names.length}`,
      remedy: 'Give classNames, in the order of the outputs.',
    });
  }
  return {
    dataset,
    classNames: names ?? Array.from({ length: classes }, (_, i) => String(i)),
    files: filesOf(dataset),
  };
}

/** One pass over a data set in its own order. */
export function inOrder(dataset: Dataset, batchSize: number): AsyncIterable<Batch> {
  return dataset.batches({ batchSize, shuffle: false, seed: { seed: 0, stream: 0 }, epoch: 0 });
}

/**
 * At most `limit` samples of a data set, in batches, with their positions: evenly spread where samples can be asked for one by
 * one, otherwise the first.
 */
export async function* spread(
  dataset: Dataset,
  batchSize: number,
  limit: number,
): AsyncGenerator<{ readonly batch: Batch; readonly positions: readonly number[] }> {
  if (isIndexed(dataset) && dataset.size > limit) {
    const { size } = dataset;
    const all = Array.from({ length: limit }, (_, i) => Math.floor((i * size) / limit));
    for (let start = 0; start < limit; start += batchSize) {
      const positions = all.slice(start, start + batchSize);
      yield { batch: await dataset.gather(Int32Array.from(positions)), positions };
    }
    return;
  }
  let seen = 0;
  for await (const batch of inOrder(dataset, batchSize)) {
    const count = Math.min(allOf(batch.x)[0]?.shape[0] ?? 0, limit - seen);
    yield { batch, positions: Array.from({ length: count }, (_, i) => seen + i) };
    seen += count;
    if (seen === limit) return;
  }
}

/** A list where there may be one tensor. */
export function allOf(tensors: Tensor | readonly Tensor[]): readonly Tensor[] {
  return tensors instanceof Tensor ? [tensors] : tensors;
}

/** One tensor where there may be a list: `null` for several. */
export function onlyOne(tensors: Tensor | readonly Tensor[] | undefined): Tensor | null {
  if (tensors === undefined || tensors instanceof Tensor) return tensors ?? null;
  return tensors.length === 1 ? (tensors[0] as Tensor) : null;
}

/** A sample of a batch as a tensor of its own, without the axis of samples. */
export async function sampleAt(batch: Tensor, position: number): Promise<Tensor> {
  const [, ...shape] = batch.shape;
  const width = shape.reduce((product, size) => product * size, 1);
  const values = await batch.data();
  return wrap(values.slice(position * width, (position + 1) * width), shape, batch.dtype);
}

/** The names of the classes that travel with a model, or `null`. */
export function namesIn({ classNames }: Model['metadata']): readonly string[] | null {
  return Array.isArray(classNames) && classNames.every((name) => typeof name === 'string') ? classNames : null;
}

function filesOf(dataset: Dataset): readonly string[] | null {
  const files: unknown = 'files' in dataset ? dataset.files : null;
  return Array.isArray(files) && files.every((file) => typeof file === 'string') ? files : null;
}
