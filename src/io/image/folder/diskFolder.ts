import { readImageFile, systemReason } from '../readImageFile.js';
import { type FolderListing, isVisible, type SkippedFile, type SourceFile } from './sourceFile.js';

/** Files to look at at once. All would take as much memory as many pictures. */
const lookedAt = 64;

/** A folder on the disk (Node). Links are followed. */
export async function diskFolder(root: string): Promise<FolderListing> {
  const { readdir, realpath, stat } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const files: SourceFile[] = [];
  const folders: string[] = [];
  const unreadable: SkippedFile[] = [];
  await visit('', []);
  return { name: root, files, folders, unreadable };

  async function visit(folder: string, above: readonly string[]): Promise<void> {
    if (folder !== '') folders.push(folder);
    try {
      const here = await realpath(join(root, folder));
      if (above.includes(here)) throw new Error('a link to a folder that it lies in');
      const names = (await readdir(join(root, folder))).filter(isVisible);
      const inside: string[] = [];
      for (let i = 0; i < names.length; i += lookedAt) {
        const paths = names.slice(i, i + lookedAt).map((name) => (folder === '' ? name : `${folder}/${name}`));
        for (const entry of await Promise.all(paths.map(look))) {
          if (typeof entry === 'string') inside.push(entry);
          else files.push(entry);
        }
      }
      for (const path of inside) await visit(path, [...above, here]);
    } catch (error) {
      unreadable.push({ file: folder, reason: systemReason(error) });
    }
  }

  /** A file, or the path of a folder. */
  async function look(path: string): Promise<SourceFile | string> {
    const full = join(root, path);
    // A link that leads nowhere is a file that cannot be read, and will be reported as such.
    const info = await stat(full).catch(() => null);
    if (info?.isDirectory()) return path;
    const stamp = info === null ? '' : `${info.size} ${info.mtimeMs}`;
    return { path, stamp, read: () => readImageFile(full, path) };
  }
}
