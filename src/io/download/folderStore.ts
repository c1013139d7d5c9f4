import type { FileStore } from './fileStore.js';

/** A file of a folder (Node). */
export async function folderStore(folder: string, name: string): Promise<FileStore> {
  const { mkdir, open, rename, rm, stat } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const path = join(folder, name);
  return {
    async find(accept) {
      const info = await stat(path).catch(() => null);
      return info?.isFile() && (await accept(chunksOf(path))) ? path : null;
    },
    async keep(chunks) {
      await mkdir(folder, { recursive: true });
      // Under a name nobody reads: other programs share the folder.
      const unfinished = `${path}.${globalThis.crypto.randomUUID().slice(0, 8)}.part`;
      try {
        const file = await open(unfinished, 'wx');
        try {
          for await (const bytes of chunks) await file.writeFile(bytes);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(unfinished, path);
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
      return path;
    },
  };
}

/** Opened only when somebody reads. */
async function* chunksOf(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const { createReadStream } = await import('node:fs');
  for await (const bytes of createReadStream(path)) yield bytes as Uint8Array;
}
