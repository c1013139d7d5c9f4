import { missingFile, overlongFile } from './fileErrors.js';
import type { FileReading, ModelFiles } from './modelFiles.js';

const chunkSize = 2 ** 22;

/**
 * Files in a folder (Node).
 * @param path the main file, or its folder, in which it is called `model.json`.
 * @throws {ModelFormatError} if there is no such file.
 */
export async function folderFiles(path: string): Promise<ModelFiles> {
  const { stat } = await import('node:fs/promises');
  const { basename, dirname, join } = await import('node:path');
  const found = await stat(path).catch((error: unknown) => {
    throw missingFile(path, 'none', error);
  });
  const main = found.isDirectory() ? join(path, 'model.json') : path;
  const folder = dirname(main);
  return {
    name: main,
    main: (reading) => readFile(folder, basename(main), reading),
    read: (file, reading) => readFile(folder, file, reading),
  };
}

async function readFile(
  folder: string,
  path: string,
  { limit, signal, onSize, onBytes }: FileReading,
): Promise<Uint8Array> {
  const { open, stat } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const name = join(folder, path);
  const info = await stat(name).catch((error: unknown) => {
    throw missingFile(name, 'none', error);
  });
  // Before it is opened, because opening a pipe waits for somebody to write to it.
  if (!info.isFile()) throw missingFile(name, 'a folder or a device');
  if (info.size > limit) throw overlongFile(name, limit, `${info.size}`);
  onSize?.(info.size);
  const file = await open(name);
  try {
    const bytes = new Uint8Array(info.size);
    for (let position = 0; position < bytes.length; ) {
      signal?.throwIfAborted();
      const { bytesRead } = await file.read(bytes, position, Math.min(chunkSize, bytes.length - position), position);
      if (bytesRead === 0) throw missingFile(name, `a file that ended after ${position} of ${bytes.length} bytes`);
      position += bytesRead;
      onBytes?.(bytesRead);
    }
    return bytes;
  } finally {
    await file.close();
  }
}
