import { ArgumentError, type Size2d, type Tensor, wrap } from '../../tensor/index.js';
import { decodeImage } from './decodeImage.js';
import { ImageDecodeError } from './imageDecodeError.js';
import { checkSize, newBatch, putImage } from './loadImages.js';

/** Options of `imageFolder`. */
export interface ImageFolderOptions {
  /** Height and width that every picture is brought to. */
  readonly size: Size2d;
  /** Stops between two pictures. */
  readonly signal?: AbortSignal | undefined;
}

/** A file that was left out, and why. */
export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

/** Pictures of a folder with their classes. */
export interface ImageFolder {
  /** float32, `[n, height, width, 3]`, 0 to 255 */
  readonly x: Tensor;
  /** int32, `[n]`: positions in `classNames` */
  readonly y: Tensor;
  /** The names of the folders inside, sorted. */
  readonly classNames: readonly string[];
  /** The file of each picture, relative to the folder, with slashes. */
  readonly files: readonly string[];
  /** Files that are no pictures, or broken ones. */
  readonly skipped: readonly SkippedFile[];
}

/**
 * Reads pictures that are sorted into one folder for each class: `photos/cats/1.jpg`, `photos/dogs/2.png`. Classes and
 * files come in the order of their names; folders inside those of the classes count too. Files that cannot be decoded are left out and listed in `skipped`; those whose
 * names begin with a dot do not count.
 * @throws {ArgumentError} if there are no folders inside.
 * @throws {MissingDependencyError} without the package `sharp`.
 */
export async function imageFolder(path: string, { size, signal }: ImageFolderOptions): Promise<ImageFolder> {
  checkSize('imageFolder', size);
  const { join } = await import('node:path');
  const { files: strays, folders: classNames } = await listFolder(path);
  if (classNames.length === 0) {
    throw new ArgumentError({
      operation: 'imageFolder',
      expected: `folders of pictures in '${path}', one for each class`,
      received: 'none',
      remedy: 'Sort the pictures into folders that are called like their classes.',
    });
  }
  const lists = await Promise.all(classNames.map((name) => filesBelow(path, name)));
  const batch = newBatch('imageFolder', lists.flat().length, size);
  const labels: number[] = [];
  const files: string[] = [];
  const skipped: SkippedFile[] = strays.map((file) => ({ file, reason: 'not in the folder of a class' }));
  for (const [label, list] of lists.entries()) {
    for (const file of list) {
      signal?.throwIfAborted();
      try {
        await putImage(batch, files.length, await decodeImage(join(path, file), file), size);
        files.push(file);
        labels.push(label);
      } catch (error) {
        if (!(error instanceof ImageDecodeError)) throw error;
        skipped.push({ file, reason: error.received });
      }
    }
  }
  const used = batch.subarray(0, files.length * size[0] * size[1] * 3);
  return {
    x: wrap(used.length === batch.length ? batch : used.slice(), [files.length, ...size, 3], 'float32'),
    y: wrap(Int32Array.from(labels), [labels.length], 'int32'),
    classNames,
    files,
    skipped,
  };
}

/** What is in a folder and does not begin with a dot, sorted by name. */
async function listFolder(
  path: string,
): Promise<{ readonly files: readonly string[]; readonly folders: readonly string[] }> {
  const { readdir, stat } = await import('node:fs/promises');
  const { join } = await import('node:path');
  const files: string[] = [];
  const folders: string[] = [];
  for (const name of (await readdir(path)).filter((entry) => !entry.startsWith('.')).sort()) {
    // A link that leads nowhere is a file that cannot be read, and will be reported as such.
    const found = await stat(join(path, name)).catch(() => null);
    (found?.isDirectory() ? folders : files).push(name);
  }
  return { files, folders };
}

/** Files in a folder and the folders inside it, relative to `root`, with slashes. */
async function filesBelow(root: string, folder: string): Promise<readonly string[]> {
  const { join } = await import('node:path');
  const { files, folders } = await listFolder(join(root, folder));
  const inside = await Promise.all(folders.map((name) => filesBelow(root, `${folder}/${name}`)));
  return [...files.map((name) => `${folder}/${name}`), ...inside.flat()];
}
