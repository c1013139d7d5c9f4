import {
  ArgumentError,
  type CompiledFunction,
  cast,
  checkNumberOption,
  compile,
  type FloatDType,
  formatShape,
  hashName,
  isFloating,
  oneHot,
  reshape,
  type Seed,
  Tensor,
  tensor,
} from '../../tensor/index.js';
import {
  type Batch,
  type BatchOptions,
  type Dataset,
  type GatherOptions,
  type IndexedDataset,
  isIndexed,
  orderOf,
} from '../../training/index.js';
import type { Augmentation } from './augmentation.js';
import { DrawnNumbers, type Places } from './drawnNumbers.js';

/** Options of `augment`. */
export interface AugmentOptions {
  /** Number of classes: labels that are numbers of classes become one-hot rows. @defaultValue labels stay as they are */
  readonly classes?: number;
}

/**
 * A data set whose pictures are augmented anew in every pass, on the way to the model, by layers as they are in training:
 *
 * ```ts
 * const train = augment(data.train, [layers.randomFlip({ mode: 'horizontal' }), layers.randomRotation({ factor: 0.1 })]);
 * await model.fit(train, { epochs: 10, validationData: data.validation });
 * ```
 *
 * What is drawn depends on the seed and the number of the pass. Where samples can be asked for by position, what is drawn for
 * a picture depends on its position besides, and not on the others in its batch, but for layers that draw for whole batches.
 * `mixUp` and `cutMix` blend labels too, which have to be one-hot rows: `classes` makes them of numbers.
 *
 * Shape: x `[batch, height, width, channels]`, one input; y as it is, or `[batch, classes]`.
 * @throws {ArgumentError} while batches are made, if there are several inputs or if labels that are mixed are no rows.
 */
export function augment(
  dataset: IndexedDataset,
  layers: readonly Augmentation[],
  options?: AugmentOptions,
): IndexedDataset;
export function augment(dataset: Dataset, layers: readonly Augmentation[], options?: AugmentOptions): Dataset;
export function augment(dataset: Dataset, layers: readonly Augmentation[], options: AugmentOptions = {}): Dataset {
  const { classes } = options;
  if (classes !== undefined) checkNumberOption('augment', 'classes', classes, { min: 1, integer: true });
  const pipeline = new Pipeline(layers, classes ?? null);
  return isIndexed(dataset) ? augmentedByPosition(dataset, pipeline) : augmentedInOrder(dataset, pipeline);
}

/** Draws are counted below this, so that every backend holds the count exactly. */
const largestStep = 2 ** 24;

/** Batches of a pass that has no known length are counted apart up to this number. */
const longestPass = 2 ** 12;

function augmentedInOrder(dataset: Dataset, pipeline: Pipeline): Dataset {
  return {
    size: dataset.size,
    classNames: dataset.classNames,
    async *batches(options: BatchOptions) {
      let position = 0;
      for await (const batch of dataset.batches(options)) {
        yield await pipeline.run(batch, options.seed, { batch: options.epoch * longestPass + position++ });
      }
    },
  };
}

function augmentedByPosition(dataset: IndexedDataset, pipeline: Pipeline): IndexedDataset {
  const { size } = dataset;
  const gather = async (positions: Int32Array, options?: GatherOptions): Promise<Batch> => {
    const { epoch, seed } = options ?? { epoch: 0, seed: { seed: 0, stream: 0 } };
    const batch = await dataset.gather(positions, options);
    return pipeline.run(batch, seed, { batch: epoch * size + (positions[0] ?? 0), epoch, positions, size });
  };
  return {
    size,
    // Which layers there are and how they draw is known to this object alone.
    identity: null,
    varies: true,
    classNames: dataset.classNames,
    gather,
    async *batches({ batchSize, ...options }: BatchOptions) {
      const order = orderOf(size, options);
      for (let start = 0; start < size; start += batchSize) {
        yield await gather(order.slice(start, start + batchSize), options);
      }
    },
  };
}

/** What the random numbers of a batch are drawn from, besides the seed. */
interface Place {
  /** A number of the batch among all batches of all passes. */
  readonly batch: number;
  /** Where pictures can be asked for by position: the number of the pass, and where they stand. */
  readonly epoch?: number;
  readonly positions?: Int32Array;
  readonly size?: number;
}

interface Pair {
  readonly x: Tensor;
  readonly y: readonly Tensor[];
}

/** Layers one after the other, as one plan for each shape of batch. */
class Pipeline {
  readonly #layers: readonly Augmentation[];
  readonly #classes: number | null;
  readonly #programs = new Map<string, CompiledFunction<readonly Tensor[], readonly Tensor[]>>();

  constructor(layers: readonly Augmentation[], classes: number | null) {
    this.#layers = layers;
    this.#classes = classes;
  }

  async run(batch: Batch, seed: Seed, place: Place): Promise<Batch> {
    const [x, ...more] = batch.x instanceof Tensor ? [batch.x] : batch.x;
    if (x === undefined || more.length > 0) {
      throw new ArgumentError({
        operation: 'augment',
        expected: 'a data set with one input',
        received: `${batch.x instanceof Tensor ? 1 : batch.x.length}`,
        remedy: 'Put the layers inside the model, behind the input they belong to.',
      });
    }
    const y = batch.y === undefined ? [] : batch.y instanceof Tensor ? [batch.y] : batch.y;
    const step = (value: number): Tensor => tensor(Int32Array.of(value % largestStep), { shape: [] });
    const where = place.positions === undefined ? [] : [step(place.epoch ?? 0), tensor(place.positions)];
    const [pictures, ...labels] = await this.#program(seed, place.size ?? null)(x, step(place.batch), ...where, ...y);
    return { ...batch, x: pictures as Tensor, ...(batch.y !== undefined && { y: labels }) };
  }

  #program(seed: Seed, size: number | null): CompiledFunction<readonly Tensor[], readonly Tensor[]> {
    const key = `${seed.seed} ${seed.stream} ${size}`;
    let program = this.#programs.get(key);
    if (program === undefined) {
      const augmented = (x: Tensor, step: Tensor, ...rest: readonly Tensor[]): readonly Tensor[] => {
        if (size === null) return this.#augment({ x, y: rest }, seed, step);
        const [epoch, positions, ...y] = rest as readonly [Tensor, Tensor, ...Tensor[]];
        return this.#augment({ x, y }, seed, step, { positions, size, step: epoch });
      };
      program = compile(augmented, { name: 'augment' });
      this.#programs.set(key, program);
    }
    return program;
  }

  #augment(given: Pair, seed: Seed, step: Tensor, places?: Places): readonly Tensor[] {
    let { x } = given;
    let y = given.y.map((labels) => (this.#classes === null ? labels : asRows(labels, this.#classes)));
    this.#layers.forEach((layer, i) => {
      // A seed of its own counts whatever the seed of the pass is.
      const source = layer.seed === null ? seed : { seed: layer.seed, stream: 0 };
      const dtype: FloatDType = isFloating(x.dtype) ? x.dtype : layer.dtype;
      const [batch] = x.shape as [number];
      const stream = hashName(`augment ${source.stream} ${i}`);
      const change = layer.draw(x.shape, new DrawnNumbers({ seed: source.seed, stream, step, batch, dtype, places }));
      x = change.pictures(x);
      const { labels } = change;
      if (labels !== undefined) y = y.map((rows) => labels(checkRows(layer, rows)));
    });
    return [x, ...y];
  }
}

/** Labels as rows. Numbers of classes may have an axis of size 1 behind them. */
function asRows(labels: Tensor, classes: number): Tensor {
  const isRows = labels.rank > 1 && labels.shape.at(-1) !== 1;
  return isRows ? labels : oneHot(cast(reshape(labels, [labels.shape[0] as number]), 'int32'), classes);
}

/** @throws {ArgumentError} unless they can be blended. */
function checkRows(layer: Augmentation, labels: Tensor): Tensor {
  if (labels.rank > 1 && isFloating(labels.dtype)) return labels;
  throw new ArgumentError({
    operation: `augment with ${layer.className} '${layer.name}'`,
    expected: 'labels as one-hot rows of fractions, which can be blended',
    received: `${labels.dtype} of shape ${formatShape(labels.shape)}`,
    remedy:
      'Give augment the number of classes, { classes: 10 }, and train with a loss for rows: categoricalCrossentropy.',
  });
}
