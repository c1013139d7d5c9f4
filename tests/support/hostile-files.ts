import fc from 'fast-check';
import { loadModel } from 'mapache/io';
import { input, layers, type Model, model, sequential } from 'mapache/layers';
import { MapacheError } from 'mapache/tensor';
import { expect } from 'vitest';
import { allowance, peakOf } from './peak-memory.js';

/** Formats in which a sound model is at hand, with what reads it. */
export interface SoundFile {
  readonly bytes: Uint8Array;
  /** Reads bytes of this format. @throws what reading throws */
  read(bytes: Uint8Array): Promise<unknown>;
}

/** A model with a nested one, an operation, and a compiled optimizer. */
export function soundModel(): Model {
  const start = input({ shape: [4, 4, 2], name: 'x' });
  const body = sequential([layers.conv2d({ filters: 2, kernelSize: 2 }), layers.batchNormalization()], {
    name: 'body',
  });
  const flat = layers.globalAveragePooling2d().apply(body.apply(start, { training: false }));
  const net = model({ inputs: start, outputs: layers.dense({ units: 3, activation: 'softmax' }).apply(flat) });
  net.compile({ optimizer: 'adam', loss: 'categorical_crossentropy' });
  return net;
}

/** The formats that are one file. */
export async function soundFiles(): Promise<ReadonlyMap<string, SoundFile>> {
  const net = soundModel();
  const { 'model.keras': keras } = (await net.save('memory', { format: 'keras' })).files;
  const { 'model.weights.h5': h5 } = (await net.saveWeights('memory')).files;
  const { 'model.safetensors': safetensors } = (await net.saveWeights('memory', { format: 'safetensors' })).files;
  const loadWeights = (bytes: Uint8Array) => soundModel().loadWeights(bytes);
  return new Map([
    ['keras', { bytes: keras as Uint8Array, read: (bytes) => loadModel(bytes) }],
    ['weights.h5', { bytes: h5 as Uint8Array, read: loadWeights }],
    ['safetensors', { bytes: safetensors as Uint8Array, read: loadWeights }],
  ]);
}

/** One thing done to the bytes of a file. */
const mutation = (size: number): fc.Arbitrary<(bytes: Uint8Array) => Uint8Array> =>
  fc.oneof(
    // Cut short anywhere, also within the last bytes, where archives have their index.
    fc.nat(size - 1).map((end) => (bytes: Uint8Array) => bytes.slice(0, end)),
    fc.nat(Math.min(200, size - 1)).map((cut) => (bytes: Uint8Array) => bytes.slice(0, bytes.length - cut)),
    // Flipped bits.
    fc
      .array(fc.tuple(fc.nat(size - 1), fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 8 })
      .map((flips) => (bytes: Uint8Array) => {
        const copy = bytes.slice();
        for (const [at, mask] of flips) if (at < copy.length) copy[at] = (copy[at] as number) ^ mask;
        return copy;
      }),
    // A length, an address, a count: huge, negative, or that of something else.
    fc
      .tuple(
        fc.nat(size - 1),
        fc.constantFrom(1, 2, 4, 8),
        fc.constantFrom(
          0n,
          1n,
          0x7fn,
          0xffn,
          0xffffn,
          0x7fffffffn,
          0xffffffffn,
          1n << 40n,
          (1n << 63n) - 1n,
          (1n << 64n) - 1n,
          BigInt(size),
        ),
      )
      .map(([at, width, value]) => (bytes: Uint8Array) => {
        const copy = bytes.slice();
        for (let i = 0; i < width && at + i < copy.length; i++) copy[at + i] = Number((value >> BigInt(8 * i)) & 0xffn);
        return copy;
      }),
    // A part of the file over another one: structures that contain themselves.
    fc
      .tuple(fc.nat(size - 1), fc.nat(size - 1), fc.integer({ min: 1, max: 600 }))
      .map(([from, to, count]) => (bytes: Uint8Array) => {
        const copy = bytes.slice();
        copy.copyWithin(to, from, from + count);
        return copy;
      }),
    // Something put in or left out.
    fc.tuple(fc.nat(size - 1), fc.uint8Array({ maxLength: 40 })).map(
      ([at, extra]) =>
        (bytes: Uint8Array) =>
          Uint8Array.from([...bytes.subarray(0, at), ...extra, ...bytes.subarray(at)]),
    ),
    fc.tuple(fc.nat(size - 1), fc.integer({ min: 1, max: 600 })).map(
      ([at, count]) =>
        (bytes: Uint8Array) =>
          Uint8Array.from([...bytes.subarray(0, at), ...bytes.subarray(at + count)]),
    ),
  );

/** A file with one to three things done to it. */
export function tampered(bytes: Uint8Array): fc.Arbitrary<Uint8Array> {
  return fc
    .array(mutation(bytes.length), { minLength: 1, maxLength: 3 })
    .map((mutations) => mutations.reduce((file, mutate) => (file.length === 0 ? file : mutate(file)), bytes));
}

/** Most time a file may take, in milliseconds. */
const patience = 2000;

/**
 * Asserts that reading ends in time, well or with an error of ours, never holds more memory than it may, and leaves
 * prototypes alone.
 * @param size bytes of the file as it was before anybody changed it
 */
export async function expectOrderly(size: number, read: () => Promise<unknown>): Promise<void> {
  const begin = performance.now();
  let outcome: unknown = null;
  const peak = await peakOf(async () => {
    outcome = await read().then(
      () => null,
      (error: unknown) => error,
    );
  });
  const took = performance.now() - begin;
  if (outcome !== null) expect(outcome, String((outcome as Error).stack ?? outcome)).toBeInstanceOf(MapacheError);
  expect(took).toBeLessThan(patience);
  expect(peak).toBeLessThan(allowance(size));
  expect(Object.keys(Object.prototype)).toEqual([]);
}
