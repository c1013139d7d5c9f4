import { readImageFile, systemReason } from '../readImageFile.js';
import { type FolderListing, isVisible, type SkippedFile, type SourceFile } from './sourceFile.js';

/** A folder on the disk (Node). Links are followed. */
export async function diskFolder(root: string): Promise<FolderListing> {
  const files: SourceFile[] = [];
  const folders: string[] = [];
  const unreadable: SkippedFile[] = [];
  await visit('', []);
  return { name: root, files, folders, unreadable };

  async function visit(folder: string, above: readonly string[]): Promise<void> {
    const { readdir, realpath } = await import('node:fs/promises');
    const { join } = await import('node:path');
    if (folder !== '') folders.push(folder);
    try {
      const here = await realpath(join(root, folder));
      if (above.includes(here)) throw new Error('a link to a folder that it lies in');
      const names = (await readdir(join(root, folder))).filter(isVisible);
      const entries = await Promise.all(names.map((name) => look(folder === '' ? name : `${folder}/${name}`)));
      files.push(...entries.flatMap(({ file }) => (file === null ? [] : [file])));
      for (const { path, file } of entries) if (file === null) await visit(path, [...above, here]);
    } catch (error) {
      unreadable.push({ file: folder, reason: systemReason(error) });
    }
  }

  async function look(path: string): Promise<{ readonly path: string; readonly file: SourceFile | null }> {
    const { stat } = await import('node:fs/promises');
    const { join } = await import('node:path');
    const full = join(root, path);
    // A link that leads nowhere is a file that cannot be read, and will be reported as such.
    const info = await stat(full).catch(() => null);
    if (info?.isDirectory()) return { path, file: null };
    const stamp = info === null ? '' : `${info.size} ${info.mtimeMs}`;
    return { path, file: { path, stamp, read: () => readImageFile(full, path) } };
  }
}
