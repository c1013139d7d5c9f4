import type { FileStorage } from './fileStorage.js';

/**
 * The private files of a page's origin. What is written takes the place of what was there when the writer is closed, at one
 * instant.
 */
export const pageStorage: FileStorage = {
  size: async (path) => (await (await find(path))?.getFile())?.size ?? null,
  async read(path) {
    const file = await (await find(path))?.getFile();
    return file === undefined ? null : new Uint8Array(await file.arrayBuffer());
  },
  replace: (path, bytes) => write(path, false, (writer) => writer.write(new Uint8Array(bytes))),
  append: (path, bytes) =>
    write(path, true, async (writer, size) => {
      await writer.write({ type: 'write', position: size, data: new Uint8Array(bytes) });
    }),
  cut: (path, size) => write(path, true, (writer) => writer.truncate(size)),
  async remove(path) {
    const [folder, name] = await enter(path, false);
    await folder?.removeEntry(name, { recursive: true }).catch(ignoreMissing);
  },
};

async function write(
  path: string,
  keepExistingData: boolean,
  body: (writer: FileSystemWritableFileStream, size: number) => Promise<void>,
): Promise<void> {
  const [folder, name] = await enter(path, true);
  const handle = await (folder as FileSystemDirectoryHandle).getFileHandle(name, { create: true });
  const writer = await handle.createWritable({ keepExistingData });
  try {
    await body(writer, (await handle.getFile()).size);
  } catch (error) {
    await writer.abort();
    throw error;
  }
  await writer.close();
}

async function find(path: string): Promise<FileSystemFileHandle | null> {
  const [folder, name] = await enter(path, false);
  return (await folder?.getFileHandle(name).catch(ignoreMissing)) ?? null;
}

/** The folder of a file, and the name of the file in it; no folder if it does not exist and shall not be made. */
async function enter(path: string, create: boolean): Promise<readonly [FileSystemDirectoryHandle | null, string]> {
  const names = path.split('/').filter((name) => name !== '' && name !== '.');
  const name = names.pop() ?? '';
  let folder: FileSystemDirectoryHandle | null = await navigator.storage.getDirectory();
  for (const inner of names) {
    folder = (await folder?.getDirectoryHandle(inner, { create }).catch(ignoreMissing)) ?? null;
  }
  return [folder, name];
}

function ignoreMissing(error: unknown): null {
  if (error instanceof DOMException && error.name === 'NotFoundError') return null;
  throw error;
}
