import { ArgumentError, type Tensor } from '../../tensor/index.js';
import { ArrayDataset } from '../data/arrayDataset.js';
import type { Dataset } from '../data/dataset.js';
import { type IndexedDataset, isIndexed } from '../data/indexedDataset.js';
import type { ModelSplit, Trainable } from '../trainable.js';
import { chunkSize } from './bottom.js';
import type { CheckedCacheOptions } from './cacheOptions.js';
import { FeatureDataset } from './featureDataset.js';
import { featureKey } from './featureKey.js';
import { announcement, type FeatureWatcher } from './featureProgress.js';
import { type FeatureBasis, FeatureSet, type FeatureSettings } from './featureSet.js';
import { openSpill } from './openSpill.js';
import type { RecordLayout } from './recordLayout.js';
import { RecordStore } from './recordStore.js';

/** Operations for each byte that is kept, below which it is as fast to compute features anew. */
const worthwhile = 8;

/** The data that a training goes through. */
export interface FitData {
  readonly training: Dataset;
  readonly validation: Dataset | null;
}

/** What a training wants of the cache. */
export interface FeatureRequest {
  readonly cache: CheckedCacheOptions;
  readonly batchSize: number;
}

/** The features of the data a model is trained with. They stay from one training to the next of the same data. */
export class FeatureCache {
  #sets: readonly FeatureSet[] = [];
  #key: string | null = null;
  #split: ModelSplit | null = null;
  /** Bytes of memory that stores may take, by set. */
  readonly #memory = new Map<FeatureSet, number>();
  /** What is kept of each set, in words. */
  readonly #announcements = new Map<FeatureSet, string>();
  /** Is told of features that are kept. */
  watcher: FeatureWatcher | null = null;

  constructor(readonly model: Trainable) {}

  /**
   * The same data, with features in place of samples wherever the model has a frozen bottom. Whether they are kept makes no
   * difference to their numbers.
   * @throws {ArgumentError} if features are to be kept and cannot be.
   */
  async over({ training, validation }: FitData, { cache, batchSize }: FeatureRequest): Promise<FitData> {
    if (this.model.split === undefined) return { training, validation };
    if (cache.mode !== false && cache.mode !== 'auto') this.#checkWish(cache, training);
    const settings = { ...cache, chunk: chunkSize(batchSize) };
    const sets = [
      this.#setOf(training, { ...settings, training: true }),
      validation === null ? null : this.#setOf(validation, { ...settings, training: false, views: null }),
    ] as const;
    const gone = this.#sets.filter((set) => !sets.includes(set));
    for (const set of gone) await this.#drop(set);
    this.#sets = sets.filter((set) => set !== null);
    const [ofTraining, ofValidation] = sets;
    return {
      training: ofTraining === null ? training : new FeatureDataset(ofTraining),
      validation: ofValidation === null ? validation : new FeatureDataset(ofValidation),
    };
  }

  async #tell(set: FeatureSet, store: RecordStore): Promise<void> {
    await this.watcher?.({
      data: set.settings.training ? 'training' : 'validation',
      done: store.count,
      total: store.capacity,
      announcement: this.#announcements.get(set) as string,
    });
  }

  /** To be called after a training: writes what is still to be written, and drops what no later one can ask for. */
  async settle(): Promise<void> {
    this.watcher = null;
    const gone = this.#sets.filter(({ dataset }) => dataset instanceof ArrayDataset);
    this.#sets = this.#sets.filter((set) => !gone.includes(set));
    for (const set of gone) await this.#drop(set);
    for (const set of this.#sets) await set.flush();
  }

  async #drop(set: FeatureSet): Promise<void> {
    this.#memory.delete(set);
    this.#announcements.delete(set);
    await set.flush();
    await set.dispose();
  }

  #setOf(dataset: Dataset, settings: FeatureSettings): FeatureSet | null {
    if (!isIndexed(dataset)) return null;
    const wanted = JSON.stringify(settings);
    const found = this.#sets.find(
      (set) => JSON.stringify(set.settings) === wanted && holdsTheSame(set.dataset, dataset),
    );
    if (found === undefined) {
      return new FeatureSet(dataset, settings, {
        split: () => this.#splitNow(),
        openStore: (...given) => this.#openStore(...given),
        onKept: (...given) => this.#tell(...given),
      });
    }
    found.dataset = dataset;
    return found;
  }

  #splitNow(): ModelSplit | null {
    const { trainableKey } = this.model;
    if (trainableKey !== this.#key) {
      this.#key = trainableKey;
      this.#split = this.model.split?.() ?? null;
    }
    return this.#split;
  }

  #checkWish({ mode, views }: CheckedCacheOptions, dataset: Dataset): void {
    const refuse = (expected: string, received: string, remedy: string): never => {
      throw new ArgumentError({ operation: `fit with cache: '${mode}'`, expected, received, remedy });
    };
    if (!isIndexed(dataset)) {
      refuse(
        'a data set whose samples can be asked for by position',
        'one that can only be gone through',
        "Give arrays or an imageFolder, or leave cache at 'auto'.",
      );
    } else if (dataset.varies === true && views === null) {
      refuse(
        'samples that are the same in every pass',
        'augmented ones',
        'Say how many views of each to keep with cacheOptions: { views }, or augment nothing.',
      );
    }
    if (this.#splitNow() === null) {
      refuse(
        'a model whose bottom is frozen, draws nothing at random and looks at each sample alone',
        `'${this.model.name}', which has none`,
        "Freeze the base, or leave cache at 'auto'.",
      );
    }
  }

  async #openStore(
    set: FeatureSet,
    layout: RecordLayout,
    basis: FeatureBasis,
    x: readonly Tensor[],
  ): Promise<RecordStore | null> {
    const { dataset, settings } = set;
    const { mode, maxBytes, folder, views } = settings;
    this.#memory.delete(set);
    if (mode === false) return null;
    const { flops, bytes } = basis.bottom.cost(x);
    if (mode === 'auto' && flops < worthwhile * bytes) return null;
    const size = dataset.size * (views ?? 1);
    const total = size * layout.bytes;
    const left = Math.max(0, maxBytes - [...this.#memory.values()].reduce((sum, taken) => sum + taken, 0));
    if (mode === 'memory' && total > left) throw tooLarge(total, left);
    const place = folder === null ? null : await placeFor(dataset, folder, settings, basis);
    const memoryBytes = mode === 'disk' || place !== null ? 0 : Math.min(total, left);
    const spill = memoryBytes < total ? await openSpill(place) : null;
    if (mode === 'disk' && spill === null) throw noDisk();
    this.#memory.set(set, memoryBytes);
    const kept = { total, memoryBytes, onDisk: spill !== null, samples: dataset.size, views };
    this.#announcements.set(set, announcement(basis.bottom.split, settings.training, kept));
    return RecordStore.open({ size, recordBytes: layout.bytes, memoryBytes, spill });
  }
}

function holdsTheSame(a: IndexedDataset, b: IndexedDataset): boolean {
  return a === b || (a.identity !== null && a.identity === b.identity && a.size === b.size);
}

/** Where features stay for later programs, of data that can be recognised. */
async function placeFor(
  { identity }: IndexedDataset,
  folder: string,
  settings: FeatureSettings,
  basis: FeatureBasis,
): Promise<{ readonly folder: string; readonly key: string } | null> {
  if (identity === null) return null;
  return { folder, key: await featureKey(identity, settings, basis) };
}

function tooLarge(total: number, left: number): ArgumentError {
  return new ArgumentError({
    operation: "fit with cache: 'memory'",
    expected: `features of at most ${left} bytes`,
    received: `${total} bytes`,
    remedy: "Raise cacheOptions.maxBytes, take dtype 'float16', or use 'auto' or 'disk'.",
  });
}

function noDisk(): ArgumentError {
  return new ArgumentError({
    operation: "fit with cache: 'disk'",
    expected: 'a file system, or files that belong to the page',
    received: 'neither',
    remedy: "Use 'memory' or 'auto'.",
  });
}
