import { writeFile } from '../files/writeFile.js';
import type { FileStorage } from './fileStorage.js';

/** Files of the file system (Node). */
export const folderStorage: FileStorage = {
  async size(path) {
    const { stat } = await import('node:fs/promises');
    return unlessMissing(stat(path).then(({ size }) => size));
  },
  async read(path) {
    const { readFile } = await import('node:fs/promises');
    return unlessMissing(readFile(path));
  },
  // One writer at a time, and what a killed one has left behind is overwritten.
  replace: (path, bytes) => writeFile(path, bytes, `${path}.tmp`),
  async append(path, bytes) {
    const { appendFile } = await import('node:fs/promises');
    await makeFolderOf(path);
    await appendFile(path, bytes);
  },
  async cut(path, size) {
    const { open } = await import('node:fs/promises');
    await makeFolderOf(path);
    const file = await open(path, 'a');
    try {
      await file.truncate(size);
    } finally {
      await file.close();
    }
  },
  async remove(path) {
    const { rm } = await import('node:fs/promises');
    await rm(path, { recursive: true, force: true });
  },
};

async function makeFolderOf(path: string): Promise<void> {
  const { mkdir } = await import('node:fs/promises');
  const { dirname } = await import('node:path');
  await mkdir(dirname(path), { recursive: true });
}

async function unlessMissing<T>(promise: Promise<T>): Promise<T | null> {
  return promise.catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  });
}
