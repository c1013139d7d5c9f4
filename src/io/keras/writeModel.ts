import type { Model, SaveOptions } from '../../layers/index.js';
import { ArgumentError, type DType, type TypedArray, type Variable } from '../../tensor/index.js';
import { swapToHost } from '../weights/byteOrder.js';
import { heldLayers } from '../weights/heldLayers.js';
import { nameWeights } from '../weights/nameWeights.js';
import { quantize } from '../weights/quantize.js';
import type { Snapshot } from '../weights/snapshot.js';
import { byteLengthOf, type WeightDType, type WeightEntry } from './manifest.js';
import { writeDescription } from './writeValue.js';

/** A model that is about to be written: all that is left to do is reading its numbers. */
export interface ModelDraft {
  readonly topology: object;
  readonly metadata: unknown;
  readonly entries: readonly WeightEntry[];
  /** The bytes of each entry, of the numbers as they were: training may go on while the model is written. */
  readonly contents: readonly (() => Promise<Uint8Array>)[];
  readonly byteLength: number;
  /** Paths of the layers that are held in inference mode. */
  readonly held: readonly string[];
}

/**
 * What `model.json` will say, apart from the names of files.
 * @param numbers what its weights held when saving began
 * @param quantization in how few bits to keep float32 weights
 * @throws {ArgumentError}
 */
export async function draftModel(
  model: Model,
  numbers: Snapshot,
  quantization?: SaveOptions['quantization'],
): Promise<ModelDraft> {
  const { class_name, config } = writeDescription({ className: model.className, config: model.getConfig() });
  const weights = nameWeights(model).map(({ name, variable }) => ({
    storage: numbers.get(variable) ?? variable.storage,
    entry: { name, shape: variable.shape, dtype: fileDType(name, variable.dtype), quantization: null },
  }));
  const drafts = await Promise.all(
    weights.map(({ storage, entry }) =>
      quantization === undefined ? whole(storage, entry) : smaller(storage, entry, quantization),
    ),
  );
  const entries = drafts.map(({ entry }) => entry);
  return {
    metadata: plainMetadata(model),
    held: heldLayers(model),
    topology: { class_name, config, keras_version: 'mapache', backend: 'mapache' },
    entries,
    contents: drafts.map(({ content }) => content),
    byteLength: entries.reduce((sum, entry) => sum + byteLengthOf(entry), 0),
  };
}

interface WeightDraft {
  readonly entry: WeightEntry;
  readonly content: () => Promise<Uint8Array>;
}

async function whole(storage: Variable['storage'], entry: WeightEntry): Promise<WeightDraft> {
  return { entry, content: async () => bytesOf(await storage.host()) };
}

async function smaller(
  storage: Variable['storage'],
  entry: WeightEntry,
  kind: NonNullable<SaveOptions['quantization']>,
): Promise<WeightDraft> {
  const values = await storage.host();
  const quantized = values instanceof Float32Array ? quantize(values, kind) : null;
  if (quantized === null) return whole(storage, entry);
  const bytes = bytesOf(quantized.values);
  return { entry: { ...entry, quantization: quantized.quantization }, content: async () => bytes };
}

/** A copy, little-endian. */
function bytesOf(values: TypedArray | Uint16Array): Uint8Array {
  return swapToHost(new Uint8Array(values.slice().buffer as ArrayBuffer), values.BYTES_PER_ELEMENT);
}

function fileDType(name: string, dtype: DType): WeightDType {
  if (dtype !== 'float64') return dtype;
  throw new ArgumentError({
    operation: `save '${name}'`,
    expected: 'a weight of a dtype that files have',
    received: "'float64'",
    remedy: "Build the model with setFloatx('float32').",
  });
}

/** A copy of the metadata, as it is now; `null` if there is none. @throws {ArgumentError} */
export function plainMetadata({ name, metadata }: Model): unknown {
  if (Object.keys(metadata).length === 0) return null;
  try {
    return JSON.parse(JSON.stringify(metadata)) as unknown;
  } catch (error) {
    throw new ArgumentError(
      {
        operation: `save '${name}'`,
        expected: 'metadata of plain data',
        received: error instanceof Error ? error.message : 'something else',
        remedy: 'Keep text, numbers, true, false, null, lists and objects of them.',
      },
      { cause: error },
    );
  }
}

/** The text of `model.json`. */
export function modelJson({ metadata, held, topology, entries }: ModelDraft, paths: readonly string[]): string {
  const weights = entries.map(({ quantization, ...entry }) => ({
    ...entry,
    ...(quantization !== null && { quantization: { ...quantization, original_dtype: entry.dtype } }),
  }));
  return JSON.stringify({
    format: 'layers-model',
    generatedBy: 'mapache',
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths, weights }],
    ...(metadata !== null && { userDefinedMetadata: metadata }),
    ...(held.length > 0 && { mapache: { inferenceMode: held } }),
  });
}

/** The bytes of all weights, one after the other, in pieces of `shardSize`; the last may be shorter. */
export async function* weightShards(
  { contents, byteLength }: ModelDraft,
  shardSize: number,
): AsyncGenerator<Uint8Array> {
  let left = byteLength;
  let shard = new Uint8Array(Math.min(shardSize, left));
  let filled = 0;
  for (const content of contents) {
    const bytes = await content();
    for (let offset = 0; offset < bytes.length; ) {
      const part = bytes.subarray(offset, offset + shard.length - filled);
      shard.set(part, filled);
      offset += part.length;
      filled += part.length;
      if (filled < shard.length) continue;
      yield shard;
      left -= filled;
      shard = new Uint8Array(Math.min(shardSize, left));
      filled = 0;
    }
  }
}
