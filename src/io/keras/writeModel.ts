import type { Model } from '../../layers/index.js';
import { ArgumentError, type DType, type Variable } from '../../tensor/index.js';
import { swapToHost } from '../weights/byteOrder.js';
import { nameWeights } from '../weights/nameWeights.js';
import { byteLengthOf, type WeightDType, type WeightEntry } from './manifest.js';
import { writeDescription } from './writeValue.js';

/** A model that is about to be written: all that is left to do is reading its numbers. */
export interface ModelDraft {
  readonly topology: object;
  readonly metadata: unknown;
  readonly entries: readonly WeightEntry[];
  /** The numbers of each entry, as they are now: training may go on while the model is written. */
  readonly storages: readonly Variable['storage'][];
  readonly byteLength: number;
}

/** What `model.json` will say, apart from the names of files. @throws {ArgumentError} */
export function draftModel(model: Model): ModelDraft {
  checkBuilt(model);
  const { class_name, config } = writeDescription({ className: model.className, config: model.getConfig() });
  const weights = nameWeights(model);
  const entries = weights.map(({ name, variable: { shape, dtype } }) => ({
    name,
    shape,
    dtype: fileDType(name, dtype),
    quantization: null,
  }));
  return {
    metadata: plainMetadata(model),
    topology: { class_name, config, keras_version: 'mapache', backend: 'mapache' },
    entries,
    storages: weights.map(({ variable }) => variable.storage),
    byteLength: entries.reduce((sum, entry) => sum + byteLengthOf(entry), 0),
  };
}

/** @throws {ArgumentError} if the model has no weights yet. */
export function checkBuilt(model: Model): void {
  if (!model.built) {
    throw new ArgumentError({
      operation: `save '${model.name}'`,
      expected: 'a model with weights',
      received: 'one that was not applied to anything yet',
      remedy: 'Begin it with an input layer, or call build([null, …]).',
    });
  }
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
export function modelJson({ metadata, topology, entries }: ModelDraft, paths: readonly string[]): string {
  const weights = entries.map(({ name, shape, dtype }) => ({ name, shape, dtype }));
  return JSON.stringify({
    format: 'layers-model',
    generatedBy: 'mapache',
    convertedBy: null,
    modelTopology: topology,
    weightsManifest: [{ paths, weights }],
    ...(metadata !== null && { userDefinedMetadata: metadata }),
  });
}

/** The bytes of all weights, one after the other, in pieces of `shardSize`; the last may be shorter. */
export async function* weightShards(
  { storages, byteLength }: ModelDraft,
  shardSize: number,
): AsyncGenerator<Uint8Array> {
  let left = byteLength;
  let shard = new Uint8Array(Math.min(shardSize, left));
  let filled = 0;
  for (const storage of storages) {
    const values = (await storage.host()).slice();
    const bytes = swapToHost(new Uint8Array(values.buffer as ArrayBuffer), values.BYTES_PER_ELEMENT);
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
