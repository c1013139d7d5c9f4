/** A file that may be a picture. */
export interface SourceFile {
  /** Where it is in its folder, with slashes. */
  readonly path: string;
  /** Changes when the file does: its size and its time, or its checksum. */
  readonly stamp: string;
  /** @throws {ImageDecodeError} if it cannot be read. */
  read(): Promise<Uint8Array>;
}

/** A file that was left out, and why. */
export interface SkippedFile {
  /** Where it is in its folder, with slashes. */
  readonly file: string;
  readonly reason: string;
}

/** Everything in a folder, however deep. Names that begin with a dot do not count. */
export interface FolderListing {
  /** What the folder is called in messages. */
  readonly name: string;
  readonly files: readonly SourceFile[];
  /** All folders, also empty ones. */
  readonly folders: readonly string[];
  /** Folders that cannot be listed. */
  readonly unreadable: readonly SkippedFile[];
}

/** Whether nothing in a path has a name that is not meant to be seen. */
export function isVisible(path: string): boolean {
  return path.split('/').every((name) => !name.startsWith('.') && name !== '__MACOSX');
}

/** All folders that the paths lie in. */
export function foldersOf(paths: readonly string[]): readonly string[] {
  const folders = paths.flatMap((path) => {
    const names = path.split('/').slice(0, -1);
    return names.map((_, i) => names.slice(0, i + 1).join('/'));
  });
  return [...new Set(folders)];
}

/** By names, and in each folder its files before the folders in it. */
export function comparePaths(a: string, b: string): number {
  const [left, right] = [a.split('/'), b.split('/')];
  const end = Math.min(left.length, right.length) - 1;
  for (let i = 0; i < end; i++) if (left[i] !== right[i]) return compareNames(left[i] as string, right[i] as string);
  if (left.length !== right.length) return left.length - right.length;
  return compareNames(left[end] as string, right[end] as string);
}

/** By code units, as everywhere and in any language. */
export function compareNames(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
