import type { Tensor } from '../../tensor/index.js';
import { checkFilePath } from '../files/filePath.js';
import type { ModelFiles } from '../files/modelFiles.js';
import { openHdf5 } from '../hdf5/openHdf5.js';
import { asObject, field, type JsonObject, unexpected } from '../keras/json.js';
import type { SavedFile, StoredWeight, WeightReading } from './savedFile.js';
import { openWeightTree } from './weightTree.js';

const maxShards = 10_000;

/**
 * Weights that Keras 3 has spread over several files, with a `.weights.json` that names them.
 * @throws {ModelFormatError} if a file is missing, or is named outside the folder.
 */
export async function openShardedWeights(
  files: ModelFiles,
  json: JsonObject,
  maxBytes: number,
  { signal }: WeightReading,
): Promise<SavedFile> {
  const map = asObject(files.name, 'weight_map', field(json, 'weight_map'));
  const paths = [...new Set(Object.values(map).flat())].map((path) => checkFilePath(files.name, path));
  if (paths.length === 0 || paths.length > maxShards) throw unexpected(files.name, 'files of weights', paths.length);
  const shards: SavedFile[] = [];
  let left = maxBytes;
  for (const path of paths) {
    const bytes = await files.read(path, { limit: left, signal });
    left -= bytes.length;
    shards.push(openWeightTree(path, await openHdf5(path, bytes), bytes.length));
  }
  const [first] = shards as [SavedFile, ...SavedFile[]];
  const state = shards.flatMap(({ optimizer }) => optimizer?.weights ?? []);
  return {
    ...first,
    name: files.name,
    weights: shards.flatMap(({ weights }) => weights),
    read: async (wanted, reading) => {
      const found = new Map<StoredWeight, Tensor>();
      for (const shard of shards)
        for (const [weight, tensor] of await shard.read(wanted, reading)) found.set(weight, tensor);
      return found;
    },
    // Numbered over all files.
    optimizer: state.length === 0 ? null : { weights: [...state].sort((a, b) => numberOf(a) - numberOf(b)) },
  };
}

function numberOf({ name }: StoredWeight): number {
  return Number(name.slice(name.lastIndexOf('/') + 1));
}
