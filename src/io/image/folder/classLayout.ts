import { ClassFolderError } from './classFolderError.js';
import { compareNames, comparePaths, type FolderListing, type SkippedFile, type SourceFile } from './sourceFile.js';

const operation = 'imageFolder';
const validationNames = ['validation', 'val', 'valid'];
const partNames = ['train', 'test', ...validationNames];

/** A file with the position of its class. */
export interface LabelledFile {
  readonly file: SourceFile;
  readonly label: number;
}

/** Which files belong to which class, and which of them validate. */
export interface ClassLayout {
  readonly classNames: readonly string[];
  readonly training: readonly LabelledFile[];
  /** `null` unless the folder is divided already. */
  readonly validation: readonly LabelledFile[] | null;
  readonly skipped: readonly SkippedFile[];
}

/**
 * Reads classes off the folders. A folder that holds nothing but `train`, `validation` (or `val`, or `valid`) and `test`
 * is divided already: each holds the folders of the classes, and what is in `test` is left alone.
 * @param given the classes in the order of their labels; `null` for those that are there, by name.
 * @throws {ClassFolderError}
 */
export function classLayout(listing: FolderListing, given: readonly string[] | null): ClassLayout {
  const root = listing.unreadable.find(({ file }) => file === '');
  if (root !== undefined) {
    throw new ClassFolderError(operation, root.reason === 'no such file' ? 'no folder' : 'unreadable', listing.name, {
      expected: `a folder of pictures at '${listing.name}'`,
      received: root.reason,
    });
  }
  const parts = foldersIn(listing, '');
  const isDivided = parts.includes('train') && parts.every((name) => partNames.includes(name));
  const train = isDivided && foldersIn(listing, 'train').length > 0 ? 'train' : '';
  const classNames = given ?? foldersIn(listing, train);
  checkClasses(listing, train, classNames, given !== null);
  const skipped = listing.unreadable.map(({ file, reason }) => ({
    file,
    reason: `a folder that is left out: ${reason}`,
  }));
  const part = train === '' ? undefined : validationNames.find((name) => parts.includes(name));
  const training = labelledFiles(listing, train, classNames, skipped);
  const validation = part === undefined ? null : labelledFiles(listing, part, classNames, skipped);
  return { classNames, training, validation, skipped };
}

function checkClasses(listing: FolderListing, part: string, classNames: readonly string[], areGiven: boolean): void {
  const where = part === '' ? listing.name : `${listing.name}/${part}`;
  if (classNames.length === 0) {
    throw new ClassFolderError(operation, 'no classes', where, {
      expected: `folders of pictures in '${where}', one for each class`,
      received: 'none',
    });
  }
  if (classNames.length === 1 && !areGiven) {
    throw new ClassFolderError(operation, 'one class', where, {
      expected: `folders of two or more classes in '${where}'`,
      received: `'${classNames[0]}' alone`,
    });
  }
  for (const { file, reason } of listing.unreadable) {
    const isClass = classNames.some((name) => file === below(part, name));
    if (!isClass) continue;
    throw new ClassFolderError(operation, 'unreadable', file, {
      expected: `pictures in the folder '${file}'`,
      received: reason,
    });
  }
}

/** The files of all classes in a part of the folder; those that are of none are skipped. */
function labelledFiles(
  listing: FolderListing,
  part: string,
  classNames: readonly string[],
  skipped: SkippedFile[],
): readonly LabelledFile[] {
  const prefix = below(part, '');
  const labels = new Map(classNames.map((name, label) => [name, label]));
  const unknown = foldersIn(listing, part).find((name) => !labels.has(name));
  if (unknown !== undefined) {
    throw new ClassFolderError(operation, 'unknown class', below(part, unknown), {
      expected: `folders of the classes ${classNames.map((name) => `'${name}'`).join(', ')}`,
      received: `'${below(part, unknown)}'`,
    });
  }
  const labelled: LabelledFile[] = [];
  for (const file of listing.files) {
    if (!file.path.startsWith(prefix)) continue;
    const names = file.path.slice(prefix.length).split('/');
    const label = names.length > 1 ? labels.get(names[0] as string) : undefined;
    if (label === undefined) skipped.push({ file: file.path, reason: 'not in the folder of a class' });
    else labelled.push({ file, label });
  }
  return labelled.sort((a, b) => a.label - b.label || comparePaths(a.file.path, b.file.path));
}

/** Names of the folders in a folder, sorted. */
function foldersIn({ folders }: FolderListing, folder: string): readonly string[] {
  const prefix = below(folder, '');
  return folders
    .filter((path) => path.startsWith(prefix) && !path.slice(prefix.length).includes('/'))
    .map((path) => path.slice(prefix.length))
    .filter((name) => name !== '')
    .sort(compareNames);
}

function below(folder: string, name: string): string {
  return folder === '' ? name : `${folder}/${name}`;
}
