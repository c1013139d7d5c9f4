import type { Spill } from './spill.js';

/** Bytes that are allocated, or written to disk, at a time. */
const blockBytes = 2 ** 22;
/** Where a record is that was put into memory for good. */
const inMemory = -1;
const nowhere = -2;

/** What a store is made for. */
export interface RecordStoreOptions {
  /** Records, counted from 0. */
  readonly size: number;
  readonly recordBytes: number;
  /** Bytes that may stay in memory. */
  readonly memoryBytes: number;
  /** Where the others go; without it they are not kept. */
  readonly spill: Spill | null;
}

/**
 * Records of one length, each put once: the first ones in memory, as many as may be, the others in files of some records
 * each. One such block of others is in memory until it is full.
 */
export class RecordStore {
  readonly #options: RecordStoreOptions;
  readonly #perBlock: number;
  /** The file of each record. */
  readonly #files: Int32Array;
  /** The place of each record in memory or in its file. */
  readonly #places: Int32Array;
  readonly #blocks: Uint8Array[] = [];
  readonly #inMemory: number;
  /** Records in memory, and all. */
  #kept = 0;
  #count = 0;
  #open: { readonly file: number; readonly positions: number[]; readonly records: Uint8Array[] };

  private constructor(options: RecordStoreOptions) {
    const { size, recordBytes, memoryBytes } = options;
    this.#options = options;
    this.#perBlock = Math.max(1, Math.floor(blockBytes / Math.max(1, recordBytes)));
    this.#inMemory = Math.min(size, Math.floor(memoryBytes / Math.max(1, recordBytes)));
    this.#files = new Int32Array(size).fill(nowhere);
    this.#places = new Int32Array(size);
    this.#open = { file: 0, positions: [], records: [] };
  }

  /** A store with the records that its files hold already. */
  static async open(options: RecordStoreOptions): Promise<RecordStore> {
    const store = new RecordStore(options);
    await store.#findFiles();
    return store;
  }

  /** Records there are. */
  get count(): number {
    return this.#count;
  }

  /** Records there will be at most. */
  get capacity(): number {
    return this.#options.spill === null ? this.#inMemory : this.#options.size;
  }

  has(position: number): boolean {
    return this.#files[position] !== nowhere;
  }

  /** Takes a record over, unless it has it or has no room. */
  async put(position: number, record: Uint8Array): Promise<void> {
    if (this.has(position)) return;
    if (this.#kept < this.#inMemory) {
      this.#count++;
      this.#files[position] = inMemory;
      this.#places[position] = this.#kept;
      this.#memoryAt(this.#kept++).set(record);
      return;
    }
    if (this.#options.spill === null) return;
    this.#count++;
    this.#files[position] = this.#open.file;
    this.#places[position] = this.#open.records.length;
    this.#open.positions.push(position);
    this.#open.records.push(record);
    if (this.#open.records.length === this.#perBlock) await this.flush();
  }

  /** The records at positions that the store has, in that order. */
  async get(positions: readonly number[]): Promise<readonly Uint8Array[]> {
    const records: Uint8Array[] = [];
    const reads = new Map<number, number[]>();
    for (const [i, position] of positions.entries()) {
      const file = this.#files[position] as number;
      const place = this.#places[position] as number;
      if (file === inMemory) records[i] = this.#memoryAt(place);
      else if (file === this.#open.file) records[i] = this.#open.records[place] as Uint8Array;
      else reads.set(file, [...(reads.get(file) ?? []), i]);
    }
    const { recordBytes, spill } = this.#options;
    for (const [file, indices] of reads) {
      const places = indices.map((i) => this.#places[positions[i] as number] as number);
      const found = await (spill as Spill).read(file, places, recordBytes);
      for (const [k, i] of indices.entries()) records[i] = found[k] as Uint8Array;
    }
    return records;
  }

  /** Writes what is meant for files and is not there yet. */
  async flush(): Promise<void> {
    const { file, positions, records } = this.#open;
    const { spill } = this.#options;
    if (records.length === 0 || spill === null) return;
    await spill.write(file, positions, records);
    this.#open = { file: file + 1, positions: [], records: [] };
  }

  /** Gives memory and temporary files back. */
  async dispose(): Promise<void> {
    this.#files.fill(nowhere);
    this.#count = 0;
    this.#blocks.length = 0;
    await this.#options.spill?.dispose();
  }

  async #findFiles(): Promise<void> {
    const { spill, recordBytes, size } = this.#options;
    for (const { file, positions } of (await spill?.list(recordBytes)) ?? []) {
      for (const [place, position] of positions.entries()) {
        if (position < 0 || position >= size) continue;
        if (!this.has(position)) this.#count++;
        this.#files[position] = file;
        this.#places[position] = place;
      }
      if (file >= this.#open.file) this.#open = { file: file + 1, positions: [], records: [] };
    }
  }

  #memoryAt(place: number): Uint8Array {
    const { recordBytes } = this.#options;
    const block = Math.floor(place / this.#perBlock);
    const records = Math.min(this.#perBlock, this.#inMemory - block * this.#perBlock);
    this.#blocks[block] ??= new Uint8Array(records * recordBytes);
    const start = (place - block * this.#perBlock) * recordBytes;
    return this.#blocks[block].subarray(start, start + recordBytes);
  }
}
