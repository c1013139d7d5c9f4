import type { TrainingFiles } from '../../training/index.js';
import { isNode } from '../environment.js';
import type { FileStorage } from './fileStorage.js';
import { folderStorage } from './folderStorage.js';
import { pack, unpack } from './package.js';
import { pageStorage } from './pageStorage.js';

/** What callbacks write with: in Node to the file system, in a page to the private files of its origin. */
export function trainingFiles(storage: FileStorage = isNode() ? folderStorage : pageStorage): TrainingFiles {
  return {
    ...storage,
    writePackage: async (path, content) => storage.replace(path, await pack(content)),
    async readPackage(path) {
      const bytes = await storage.read(path);
      return bytes === null ? null : unpack(path, bytes);
    },
  };
}
