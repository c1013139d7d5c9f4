import type { ReadOptions } from '../../layers/index.js';
import type { ModelFiles } from '../files/modelFiles.js';
import { field, isObject, parseJson } from '../keras/json.js';
import type { SavedFile } from './savedFile.js';

const defaultMaxBytes = 2 ** 32;
/** What a file may hold besides weights. */
const maxDescription = 2 ** 28;

/** What the beginning of a file says about its format. */
type Format = 'zip' | 'hdf5' | 'safetensors' | 'json';

/**
 * Opens a saved model or saved weights. The content decides which format it is; names of files do not.
 *
 * Readers of formats other than JSON are loaded when the first such file comes.
 * @throws {ModelFormatError} if the file is missing, damaged, or of no format that is known.
 */
export async function openSavedFile(files: ModelFiles, options: ReadOptions): Promise<SavedFile> {
  const { maxBytes = defaultMaxBytes, signal, onProgress } = options;
  let loaded = 0;
  let total = 0;
  const content = await files.main({
    limit: maxBytes + maxDescription,
    signal,
    onSize: (size) => {
      total = size;
    },
    onBytes: (count) => {
      loaded += count;
      // What describes a model is not counted with the weights.
      if (/\.json$/i.test(files.name)) return;
      onProgress?.({ loaded, total: Math.max(total, loaded), file: files.name });
    },
  });
  switch (formatOf(content)) {
    case 'zip': {
      const { openKerasArchive } = await import('./kerasArchive.js');
      return openKerasArchive(files.name, content as Uint8Array, maxBytes);
    }
    case 'hdf5': {
      const { openHdf5File } = await import('./hdf5File.js');
      return openHdf5File(files.name, content as Uint8Array, maxBytes);
    }
    case 'safetensors': {
      const { openSafetensors } = await import('./safetensors.js');
      return openSafetensors(files.name, content as Uint8Array, maxBytes);
    }
    case 'json': {
      const json = parseJson(files.name, content);
      if (isObject(json) && field(json, 'weight_map') !== undefined) {
        const { openShardedWeights } = await import('./shardedWeights.js');
        return openShardedWeights(files, json, maxBytes, options);
      }
      const { openJsonFile } = await import('./jsonFile.js');
      return openJsonFile(files, json, options);
    }
  }
}

function formatOf(content: unknown): Format {
  if (!(content instanceof Uint8Array)) return 'json';
  const begins = (...bytes: readonly number[]): boolean => bytes.every((byte, i) => content[i] === byte);
  if (begins(0x50, 0x4b)) return 'zip';
  if (begins(0x89, 0x48, 0x44, 0x46)) return 'hdf5';
  // The length of a header in 8 bytes, and the header itself, which is an object in JSON.
  return content[8] === 0x7b && content[7] === 0 && content[6] === 0 ? 'safetensors' : 'json';
}
