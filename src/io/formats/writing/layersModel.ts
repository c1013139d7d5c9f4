import type { Model, SaveDestination, SaveOptions, SaveResult } from '../../../layers/index.js';
import { writeFolder } from '../../files/writeFolder.js';
import { draftModel, modelJson, weightShards } from '../../keras/writeModel.js';
import type { Snapshot } from '../../weights/snapshot.js';

/** Writes `model.json` and files of weights. */
export async function writeLayersModel(
  model: Model,
  numbers: Snapshot,
  destination: SaveDestination,
  { shardSize, quantization }: { readonly shardSize: number; readonly quantization: SaveOptions['quantization'] },
): Promise<SaveResult> {
  const draft = await draftModel(model, numbers, quantization);
  const count = Math.ceil(draft.byteLength / shardSize);
  const names = Array.from({ length: count }, (_, i) => `group1-shard${i + 1}of${count}.bin`);
  const shards = weightShards(draft, shardSize);
  const describe = (paths: readonly string[]): string => modelJson(draft, paths);
  if (typeof destination === 'string' && destination !== 'memory') {
    return { sizes: await writeFolder(destination, names, shards, describe), files: {} };
  }
  const files: Record<string, Uint8Array> = { 'model.json': new TextEncoder().encode(describe(names)) };
  for await (const bytes of shards) files[names[Object.keys(files).length - 1] as string] = bytes;
  const sizes = Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, bytes.length]));
  if (typeof destination === 'string') return { sizes, files };
  await destination.save(files);
  return { sizes, files: {} };
}
