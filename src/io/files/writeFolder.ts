/**
 * Writes a model into a folder. Everything is written under names nobody reads yet; renaming `model.json` is the one
 * step that replaces an older model. Its files of weights keep their names until then, and are removed afterwards.
 * @param names wanted names of the files of weights. If the folder has one of them, all are given another ending.
 * @param describe the text of `model.json`, given the names that were used.
 * @returns the sizes of the files.
 */
export async function writeFolder(
  folder: string,
  names: readonly string[],
  contents: AsyncIterable<Uint8Array>,
  describe: (paths: readonly string[]) => string,
): Promise<Readonly<Record<string, number>>> {
  const { mkdir, open, readdir, rename, rm } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const mark = globalThis.crypto.randomUUID().slice(0, 8);
  const sizes: Record<string, number> = {};
  const unfinished: string[] = [];
  const remove = (path: string): Promise<void> => rm(join(folder, path), { force: true });
  const write = async (path: string, bytes: Uint8Array): Promise<void> => {
    const file = await open(join(folder, path), 'wx');
    unfinished.push(path);
    try {
      await file.writeFile(bytes);
      // On the disk, not only on its way there: a renamed file must be whole even if the power fails.
      await file.sync();
    } finally {
      await file.close();
    }
  };

  await mkdir(folder, { recursive: true });
  const present = new Set(await readdir(folder));
  const paths = names.some((name) => present.has(name)) ? names.map((name) => marked(name, mark)) : names;
  try {
    for await (const bytes of contents) {
      const path = paths[Object.keys(sizes).length] as string;
      await write(path, bytes);
      sizes[path] = bytes.length;
    }
    const text = new TextEncoder().encode(describe(paths));
    const old = await weightFilesOf(join(folder, 'model.json'));
    await write(`model-${mark}.tmp`, text);
    await rename(join(folder, `model-${mark}.tmp`), join(folder, 'model.json'));
    sizes['model.json'] = text.length;
    // The new model is in place: what is left of the old one is only in the way.
    await Promise.allSettled(old.filter((path) => !paths.includes(path)).map(remove));
    return sizes;
  } catch (error) {
    await Promise.allSettled(unfinished.map(remove));
    throw error;
  }
}

function marked(name: string, mark: string): string {
  return name.replace(/\.bin$/, `-${mark}.bin`);
}

/** The files of weights of the model in a `model.json`, as far as their names are of the kind that is given here. */
async function weightFilesOf(path: string): Promise<readonly string[]> {
  const { readFile } = await import('node:fs/promises');
  try {
    const { weightsManifest } = JSON.parse(await readFile(path, 'utf8')) as {
      readonly weightsManifest: readonly { readonly paths: readonly unknown[] }[];
    };
    return weightsManifest
      .flatMap(({ paths }) => paths)
      .filter((name) => typeof name === 'string')
      .filter((name) => /^group\d+-shard\d+of\d+(-[0-9a-f]{8})?(\.bin)?$/.test(name));
  } catch {
    // No model, or one that cannot be understood: nothing of it is touched.
    return [];
  }
}
