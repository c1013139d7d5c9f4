import type { Size2d } from '../../tensor/index.js';
import { hasher } from '../download/hash.js';
import { decodeImage } from './decodeImage.js';
import type { Decoder } from './decoders/decoder.js';
import { DecodingGate } from './decodingGate.js';
import { fitImage } from './fitImage.js';
import type { SourceFile } from './folder/sourceFile.js';

const bytesPerNumber = 4;
const bytesPerPixel = 3;
/** Batches to be ready before they are needed. */
const mostAhead = 4;

/** How pictures are read. */
export interface ReadingOptions {
  readonly size: Size2d;
  readonly decoder: Decoder;
  /** Bytes for pictures: three quarters keep decoded ones, the rest is for those that are being decoded. */
  readonly memory: number;
}

/** Files and the pictures in them: kept while there is room, and otherwise decoded again whenever they are asked for. */
export class ImageStore {
  readonly size: Size2d;
  readonly #decoder: Decoder;
  readonly #gate: DecodingGate;
  readonly #kept = new Map<SourceFile, Float32Array>();
  /** Where pictures go that are looked into and not kept, one over the other. */
  #unkept: Float32Array | null = null;
  readonly #memory: number;
  #room: number;

  constructor({ size, decoder, memory }: ReadingOptions) {
    this.size = size;
    this.#decoder = decoder;
    this.#memory = memory;
    this.#room = (memory * 3) / 4;
    this.#gate = new DecodingGate(decoder.parallel, memory / 8 / bytesPerPixel);
  }

  /** Numbers of one picture. */
  get width(): number {
    return this.size[0] * this.size[1] * 3;
  }

  /** Pictures to work on at once. */
  get parallel(): number {
    return this.#decoder.parallel;
  }

  /** How many batches to prepare while another one is used: at least one. */
  batchesAhead(batchSize: number): number {
    const fitting = Math.floor(this.#memory / 8 / (batchSize * this.width * bytesPerNumber));
    return Math.min(Math.max(fitting, 1), mostAhead);
  }

  /** Decodes a file for the first time. @throws {ImageDecodeError} if that is not possible. */
  async open(file: SourceFile): Promise<void> {
    const bytes = this.width * bytesPerNumber;
    if (this.#room < bytes) {
      this.#unkept ??= new Float32Array(this.width);
      return this.#read(file, this.#unkept, 0);
    }
    // Taken before it is read, because others are opened meanwhile.
    this.#room -= bytes;
    try {
      const pixels = new Float32Array(this.width);
      await this.#read(file, pixels, 0);
      this.#kept.set(file, pixels);
    } catch (error) {
      this.#room += bytes;
      throw error;
    }
  }

  /** Puts a picture into a batch. @throws {ImageDecodeError} if the file is not what it was when it was opened. */
  async put(file: SourceFile, batch: Float32Array, position: number): Promise<void> {
    const kept = this.#kept.get(file);
    if (kept === undefined) await this.#read(file, batch, position);
    else batch.set(kept, position * this.width);
  }

  /** Changes whenever the files, their order, or how they are read do. */
  async identityOf(files: readonly SourceFile[]): Promise<string> {
    const text = [
      this.#decoder.identity,
      this.size.join(' x '),
      ...files.map(({ path, stamp }) => `${path}\n${stamp}`),
    ];
    const hash = await hasher('sha256');
    hash.update(new TextEncoder().encode(text.join('\n')));
    return hash.digest();
  }

  #read(file: SourceFile, batch: Float32Array, position: number): Promise<void> {
    return this.#gate.run(async (admission) => {
      const picture = await decodeImage(await file.read(), file.path, this.#decoder, admission);
      fitImage(picture, this.size, batch, position);
    });
  }
}
