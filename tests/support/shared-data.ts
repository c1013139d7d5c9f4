import { readFileSync } from 'node:fs';
import { endianness } from 'node:os';
import { describe, it } from 'vitest';
import { dataPath, hasData, mustHaveData, noData } from './data-folder.js';

export { dataPath, hasData } from './data-folder.js';

/** A JSON file of the reference data. The caller names the shape it relies on; it is not checked. */
export function readJson<T = unknown>(...segments: readonly string[]): T {
  return JSON.parse(readFileSync(dataPath(...segments), 'utf8')) as T;
}

/**
 * `describe` for tests that need the reference data. Where it is missing the body is not run: the block is skipped
 * with a printed reason, but fails under CI, where a silent skip would look like success.
 */
export function describeWithData(name: string, body: () => void): void {
  if (hasData) {
    describe(name, body);
    return;
  }
  describe(name, () => {
    it('needs the reference data', ({ skip }) => {
      if (mustHaveData) throw new Error(noData);
      skip(noData);
    });
  });
}

/** An array inside a golden JSON file: base64 of the raw little-endian bytes, C order. */
export interface EncodedArray<D extends 'float32' | 'int32' = 'float32' | 'int32'> {
  readonly shape: readonly number[];
  readonly dtype: D;
  readonly data: string;
}

/** What `decodeArray` returns. */
export interface DecodedArray<A extends Float32Array | Int32Array> {
  readonly shape: readonly number[];
  readonly data: A;
}

/**
 * Decodes an array of a golden JSON file.
 * @throws {Error} if the bytes do not fill the shape exactly.
 */
export function decodeArray(encoded: EncodedArray<'float32'>): DecodedArray<Float32Array>;
export function decodeArray(encoded: EncodedArray<'int32'>): DecodedArray<Int32Array>;
export function decodeArray(encoded: EncodedArray): DecodedArray<Float32Array | Int32Array>;
export function decodeArray({ shape, dtype, data }: EncodedArray): DecodedArray<Float32Array | Int32Array> {
  const bytes = Buffer.from(data, 'base64');
  const size = shape.reduce((product, extent) => product * extent, 1);
  if (bytes.length !== 4 * size) {
    throw new Error(`decodeArray: [${shape}] ${dtype} takes ${4 * size} bytes, received ${bytes.length}.`);
  }
  if (endianness() === 'BE') bytes.swap32();
  // A copy: a Buffer's start inside its pool is not always a multiple of four.
  const buffer = new Uint8Array(bytes).buffer;
  return { shape, data: dtype === 'float32' ? new Float32Array(buffer) : new Int32Array(buffer) };
}
