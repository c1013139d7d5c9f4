import { currentBackend, type Tensor } from '../../tensor/index.js';
import { asList } from '../data/arrayData.js';
import type { Batch } from '../data/dataset.js';
import type { GatherOptions, IndexedDataset } from '../data/indexedDataset.js';
import type { ModelSplit } from '../trainable.js';
import { Bottom } from './bottom.js';
import type { CheckedCacheOptions } from './cacheOptions.js';
import { giveTo } from './featureBatch.js';
import { type FeatureColumns, RecordLayout } from './recordLayout.js';
import type { RecordStore } from './recordStore.js';

/** What is the same for all features of a data set. */
export interface FeatureSettings extends CheckedCacheOptions {
  /** Whether the bottom behaves as in training. */
  readonly training: boolean;
  /** Samples that are computed together. */
  readonly chunk: number;
}

/** What a set of features asks of what is around it. */
export interface FeatureSurroundings {
  /** The model in two parts as it stands now. */
  split(): ModelSplit | null;
  /** A store for samples written so; `null` if they are not to be kept. */
  openStore(
    set: FeatureSet,
    layout: RecordLayout,
    basis: FeatureBasis,
    x: readonly Tensor[],
  ): Promise<RecordStore | null>;
  /** Called when more features are kept. */
  onKept(set: FeatureSet, store: RecordStore): Promise<void>;
}

/** What features were computed with. */
export interface FeatureBasis {
  readonly bottom: Bottom;
  readonly backend: string;
  readonly versions: readonly number[];
  /** What views are drawn from. */
  readonly draw: string;
}

/** A batch that is on its way: the samples whose features are missing have been asked for. */
export interface Fetched {
  readonly positions: Int32Array;
  readonly pass: GatherOptions | undefined;
  readonly missing: readonly number[];
  readonly raw: Promise<Batch> | null;
}

/**
 * The features of a data set. Each is computed when it is first asked for, and kept while everything it was computed with
 * stays the same: that is looked at for every batch.
 */
export class FeatureSet {
  #basis: FeatureBasis | null = null;
  #layout: RecordLayout | null = null;
  #store: RecordStore | null = null;
  /** How many features somebody was last told of. */
  #told = 0;
  /** Bottoms that turned out not to be what their layers declare. */
  readonly #refused = new WeakSet<ModelSplit>();

  constructor(
    public dataset: IndexedDataset,
    readonly settings: FeatureSettings,
    readonly around: FeatureSurroundings,
  ) {}

  /** Whether there are features just now; otherwise batches are those of the data set. */
  get isActive(): boolean {
    return this.#split() !== null;
  }

  /** Asks the data set for what is missing. */
  fetch(positions: Int32Array, pass: GatherOptions | undefined): Fetched {
    const missing = this.#missing(positions, pass);
    const raw = missing.length === 0 ? null : this.#gather(positions, missing, pass);
    // An error is told when its batch is wanted, which may never be.
    raw?.catch(() => {});
    return { positions, pass, missing, raw };
  }

  /** The batch: features with the top that takes them, or samples as they are. */
  async deliver(fetched: Fetched): Promise<Batch> {
    const { positions, pass } = fetched;
    const split = this.#split();
    if (split === null) return this.#asTheyAre(fetched);
    const basis = await this.#refresh(split, pass);
    const missing = this.#missing(positions, pass);
    const fresh = missing.length === 0 ? null : await this.#rawOf(fetched, missing);
    if (fresh === null) return giveTo(split.top, this.#layoutNow().read(await this.#kept(positions, pass)));
    const x = asList<Tensor>(fresh.x);
    if (!(await basis.bottom.keepsItsWord(x))) {
      this.#refuse(split);
      return this.#asTheyAre(fetched);
    }
    const columns: FeatureColumns = {
      x: await basis.bottom.compute(x),
      y: asList<Tensor>(fresh.y),
      sampleWeight: asList<Tensor>(fresh.sampleWeight),
    };
    await this.#prepare(columns, basis, x);
    const layout = this.#layoutNow();
    if (!layout.fits(columns)) return this.#wholeBatch(split, basis, fetched);
    const records = await layout.write(columns);
    if (isSame(basis, this.#basisFor(split, pass, basis.bottom))) await this.#keep(positions, pass, missing, records);
    if (missing.length === positions.length) return giveTo(split.top, layout.read(records));
    return giveTo(split.top, layout.read(await this.#merged(positions, pass, missing, records)));
  }

  /** Writes what is meant for the disk. */
  async flush(): Promise<void> {
    await this.#store?.flush();
  }

  async dispose(): Promise<void> {
    const store = this.#store;
    this.#forget();
    await store?.dispose();
  }

  #split(): ModelSplit | null {
    const { varies = false } = this.dataset;
    if (varies && this.settings.views === null) return null;
    const split = this.around.split();
    return split === null || this.#refused.has(split) ? null : split;
  }

  #refuse(split: ModelSplit): void {
    this.#refused.add(split);
    if (this.settings.mode === false) return;
    console.warn(
      `Features of '${split.featureNames.join("', '")}' are not kept: a layer below remembers something, adds to the loss, ` +
        'hands on a mask or looks at other samples of its batch. Layers that do say so with isPure.',
    );
  }

  #layoutNow(): RecordLayout {
    return this.#layout as RecordLayout;
  }

  #forget(): void {
    this.#basis = null;
    this.#layout = null;
    this.#store = null;
    this.#told = 0;
  }

  /** Where a sample of a pass is kept. */
  #record(position: number, pass: GatherOptions | undefined): number {
    return position + this.dataset.size * this.#view(pass);
  }

  #view(pass: GatherOptions | undefined): number {
    return (pass?.epoch ?? 0) % (this.settings.views ?? 1);
  }

  /** Places in `positions` whose features are not kept. */
  #missing(positions: Int32Array, pass: GatherOptions | undefined): readonly number[] {
    const all = Array.from(positions.keys());
    const store = this.#store;
    return store === null ? all : all.filter((i) => !store.has(this.#record(positions[i] as number, pass)));
  }

  #gather(positions: Int32Array, places: readonly number[], pass: GatherOptions | undefined): Promise<Batch> {
    const wanted = Int32Array.from(places, (i) => positions[i] as number);
    const view = pass === undefined || this.settings.views === null ? pass : { ...pass, epoch: this.#view(pass) };
    return this.dataset.gather(wanted, view);
  }

  /** The samples that are missing now, which may be others than when they were asked for. */
  async #rawOf({ positions, pass, missing: then, raw }: Fetched, missing: readonly number[]): Promise<Batch> {
    const isSo = raw !== null && then.length === missing.length && then.every((place, i) => place === missing[i]);
    return isSo ? raw : this.#gather(positions, missing, pass);
  }

  async #asTheyAre(fetched: Fetched): Promise<Batch> {
    return this.#rawOf(fetched, Array.from(fetched.positions.keys()));
  }

  /** Samples that do not all have one form are computed every time. */
  async #wholeBatch(split: ModelSplit, { bottom }: FeatureBasis, fetched: Fetched): Promise<Batch> {
    const batch = await this.#asTheyAre(fetched);
    return giveTo(split.top, { ...batch, x: await bottom.compute(asList<Tensor>(batch.x)) });
  }

  #basisFor(split: ModelSplit, pass: GatherOptions | undefined, bottom: Bottom): FeatureBasis {
    return {
      bottom,
      backend: currentBackend(),
      versions: split.weights.map(({ version }) => version),
      draw: this.settings.views === null ? '' : JSON.stringify(pass?.seed),
    };
  }

  /** Forgets everything if anything has changed that it was computed with. */
  async #refresh(split: ModelSplit, pass: GatherOptions | undefined): Promise<FeatureBasis> {
    const { training, chunk } = this.settings;
    const known = this.#basis?.bottom.split === split ? this.#basis.bottom : null;
    const now = this.#basisFor(split, pass, known ?? new Bottom(split, training, chunk));
    if (this.#basis !== null && isSame(now, this.#basis)) return this.#basis;
    await this.dispose();
    this.#basis = now;
    return now;
  }

  async #prepare(columns: FeatureColumns, basis: FeatureBasis, x: readonly Tensor[]): Promise<void> {
    if (this.#layout !== null) return;
    this.#layout = new RecordLayout(columns, this.settings.mode !== false && this.settings.dtype === 'float16');
    this.#store = await this.around.openStore(this, this.#layout, basis, x);
  }

  async #keep(
    positions: Int32Array,
    pass: GatherOptions | undefined,
    missing: readonly number[],
    records: readonly Uint8Array[],
  ): Promise<void> {
    const store = this.#store;
    if (store === null) return;
    for (const [k, i] of missing.entries()) {
      await store.put(this.#record(positions[i] as number, pass), records[k] as Uint8Array);
    }
    if (store.count === this.#told) return;
    this.#told = store.count;
    await this.around.onKept(this, store);
  }

  #kept(positions: ArrayLike<number>, pass: GatherOptions | undefined): Promise<readonly Uint8Array[]> {
    const records = Array.from(positions, (position) => this.#record(position, pass));
    return (this.#store as RecordStore).get(records);
  }

  async #merged(
    positions: Int32Array,
    pass: GatherOptions | undefined,
    missing: readonly number[],
    fresh: readonly Uint8Array[],
  ): Promise<readonly Uint8Array[]> {
    const places = new Map(missing.map((i, k) => [i, k]));
    const others = Array.from(positions.keys()).filter((i) => !places.has(i));
    const kept = await this.#kept(
      others.map((i) => positions[i] as number),
      pass,
    );
    const records: Uint8Array[] = [];
    for (const [i, k] of places) records[i] = fresh[k] as Uint8Array;
    for (const [k, i] of others.entries()) records[i] = kept[k] as Uint8Array;
    return records;
  }
}

function isSame(a: FeatureBasis, b: FeatureBasis): boolean {
  return (
    a.bottom === b.bottom &&
    a.backend === b.backend &&
    a.draw === b.draw &&
    a.versions.every((version, i) => version === b.versions[i])
  );
}
