import { header, headerBytes, readHeader, type Spill } from './spill.js';

/** The folder of this library among the page's own files. */
const rootName = 'mapache-features';
/** Milliseconds after which a temporary folder belongs to no page that is still open. */
const forgotten = 24 * 60 * 60 * 1000;

/**
 * Files of a page that nobody else sees (OPFS); `null` where a page may have none.
 * @param place where they stay; `null` for a folder that a later page removes.
 */
export async function pageSpill(
  place: { readonly folder: string; readonly key: string } | null,
): Promise<Spill | null> {
  const storage = typeof navigator === 'undefined' ? undefined : navigator.storage;
  const origin = await storage?.getDirectory?.().catch(() => undefined);
  if (origin === undefined) return null;
  const root = await origin.getDirectoryHandle(rootName, { create: true });
  const outer = await root.getDirectoryHandle(place?.folder ?? 'temporary', { create: true });
  if (place === null) await removeForgotten(outer);
  const name = place?.key ?? `${Date.now()}-${globalThis.crypto.randomUUID().slice(0, 8)}`;
  const folder = await outer.getDirectoryHandle(name, { create: true });
  const open = async (file: number): Promise<File> => (await folder.getFileHandle(`${file}.features`)).getFile();
  const bytesOf = async (blob: Blob): Promise<Uint8Array> => new Uint8Array(await blob.arrayBuffer());

  return {
    async write(file, positions, records) {
      const handle = await folder.getFileHandle(`${file}.features`, { create: true });
      // What is written takes the file's place when it is closed.
      const stream = await handle.createWritable();
      for (const bytes of [header(positions), ...records]) await stream.write(new Uint8Array(bytes));
      await stream.close();
    },
    async read(file, places, recordBytes) {
      const blob = await open(file);
      const count = new DataView(await blob.slice(0, 4).arrayBuffer()).getInt32(0, true);
      return Promise.all(
        places.map((at) => {
          const start = headerBytes(count) + at * recordBytes;
          return bytesOf(blob.slice(start, start + recordBytes));
        }),
      );
    },
    async list(recordBytes) {
      const found: { readonly file: number; readonly positions: Int32Array }[] = [];
      for await (const entry of folder.keys()) {
        const number = /^(\d+)\.features$/.exec(entry)?.[1];
        if (number === undefined) continue;
        const blob = await open(Number(number));
        const start = await bytesOf(blob.slice(0, headerBytes(Math.floor(blob.size / (recordBytes + 4)))));
        const positions = readHeader(start, blob.size, recordBytes);
        if (positions !== null) found.push({ file: Number(number), positions });
      }
      return found;
    },
    async dispose() {
      if (place === null) await outer.removeEntry(name, { recursive: true });
    },
  };
}

async function removeForgotten(folder: FileSystemDirectoryHandle): Promise<void> {
  const names: string[] = [];
  for await (const name of folder.keys()) names.push(name);
  const old = names.filter((name) => Date.now() - Number.parseInt(name, 10) > forgotten);
  await Promise.all(old.map((name) => folder.removeEntry(name, { recursive: true }).catch(() => {})));
}
