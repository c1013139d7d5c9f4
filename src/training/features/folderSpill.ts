import { header, headerBytes, readHeader, type Spill } from './spill.js';

/** Removes what programs leave in the system's temporary folder when they end. */
let temporary: Promise<string> | null = null;

async function temporaryRoot(): Promise<string> {
  const { mkdtemp } = await import('node:fs/promises');
  const { rmSync } = await import('node:fs');
  const { tmpdir } = await import('node:os');
  const { join } = await import('node:path');
  const root = await mkdtemp(join(tmpdir(), 'mapache-features-'));
  process.once('exit', () => {
    rmSync(root, { recursive: true, force: true });
  });
  return root;
}

/**
 * Files in a folder (Node).
 * @param place where they stay; `null` for a temporary folder.
 */
export async function folderSpill(place: { readonly folder: string; readonly key: string } | null): Promise<Spill> {
  const { mkdir, mkdtemp, open, readdir, rename, rm, stat } = await import('node:fs/promises');
  const { join } = await import('node:path');
  if (place === null) temporary ??= temporaryRoot();
  const folder =
    place === null ? await mkdtemp(join(await (temporary as Promise<string>), 'set-')) : join(place.folder, place.key);
  await mkdir(folder, { recursive: true });
  const pathOf = (file: number): string => join(folder, `${file}.features`);

  return {
    async write(file, positions, records) {
      const unfinished = join(folder, `${file}.${globalThis.crypto.randomUUID().slice(0, 8)}.part`);
      try {
        const handle = await open(unfinished, 'wx');
        try {
          await handle.writev([header(positions), ...records]);
        } finally {
          await handle.close();
        }
        await rename(unfinished, pathOf(file));
      } catch (error) {
        await rm(unfinished, { force: true });
        throw error;
      }
    },
    async read(file, places, recordBytes) {
      const handle = await open(pathOf(file), 'r');
      try {
        const start = new Uint8Array(4);
        await handle.read(start, 0, 4, 0);
        const count = new DataView(start.buffer).getInt32(0, true);
        return await Promise.all(
          places.map(async (at) => {
            const record = new Uint8Array(recordBytes);
            await handle.read(record, 0, recordBytes, headerBytes(count) + at * recordBytes);
            return record;
          }),
        );
      } finally {
        await handle.close();
      }
    },
    async list(recordBytes) {
      const found: { readonly file: number; readonly positions: Int32Array }[] = [];
      for (const name of await readdir(folder)) {
        const number = /^(\d+)\.features$/.exec(name)?.[1];
        if (number === undefined) continue;
        const path = pathOf(Number(number));
        const { size } = await stat(path);
        const handle = await open(path, 'r');
        try {
          const most = Math.min(size, headerBytes(Math.floor(size / (recordBytes + 4))));
          const start = new Uint8Array(most);
          await handle.read(start, 0, most, 0);
          const positions = readHeader(start, size, recordBytes);
          if (positions !== null) found.push({ file: Number(number), positions });
        } finally {
          await handle.close();
        }
      }
      return found;
    },
    async dispose() {
      if (place === null) await rm(folder, { recursive: true, force: true });
    },
  };
}
