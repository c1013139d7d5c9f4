import { ArgumentError } from '../../tensor/index.js';
import type { LabelledFile } from './folder/classLayout.js';
import { compareNames, type SkippedFile, type SourceFile } from './folder/sourceFile.js';
import {
  checkImageOptions,
  type LabelledImages,
  type LabelledImagesOptions,
  openLabelledImages,
} from './openLabelledImages.js';
import { readImageFile } from './readImageFile.js';

/** Options of `csvImages`. */
export interface CsvImagesOptions extends LabelledImagesOptions {
  /** Column of the paths. @defaultValue `'image'` */
  readonly imageColumn?: string | undefined;
  /** Column of the names of classes. @defaultValue `'label'` */
  readonly labelColumn?: string | undefined;
  /** Folder that paths begin at, and that they must not leave. @defaultValue the folder of the table */
  readonly root?: string | undefined;
}

/** What `csvImages` does. */
export async function readCsvImages(path: string, options: CsvImagesOptions): Promise<LabelledImages> {
  checkImageOptions('csvImages', options);
  const { dirname, isAbsolute, relative, resolve, sep } = await import('node:path');
  const { imageColumn = 'image', labelColumn = 'label', root = dirname(path) } = options;
  const rows = await readRows(path, [imageColumn, labelColumn]);
  const names = rows.map((row) => row[labelColumn]?.trim() ?? '').filter((name) => name !== '');
  const classNames = options.classNames ?? [...new Set(names)].sort(compareNames);
  const training: LabelledFile[] = [];
  const skipped: SkippedFile[] = [];
  for (const [i, row] of rows.entries()) {
    const image = row[imageColumn]?.trim() ?? '';
    const label = classNames.indexOf(row[labelColumn]?.trim() ?? '');
    const full = resolve(root, image);
    const inside = relative(root, full);
    const skip = (reason: string): void => void skipped.push({ file: image || `row ${i + 1}`, reason });
    if (image === '') skip('a row without a picture');
    else if (label < 0) skip(`a row with the class '${row[labelColumn] ?? ''}', which is none`);
    else if (isAbsolute(inside) || inside.split(sep)[0] === '..') skip(`not in the folder '${root}'`);
    else training.push({ file: await fileAt(full, image), label });
  }
  return openLabelledImages('csvImages', { classNames, training, validation: null, skipped }, options);
}

async function fileAt(full: string, path: string): Promise<SourceFile> {
  const { stat } = await import('node:fs/promises');
  const info = await stat(full).catch(() => null);
  const stamp = info === null ? '' : `${info.size} ${info.mtimeMs}`;
  return { path, stamp, read: () => readImageFile(full, path) };
}

async function readRows(
  path: string,
  columns: readonly string[],
): Promise<readonly Readonly<Partial<Record<string, string>>>[]> {
  const { readFile } = await import('node:fs/promises');
  const { default: papa } = await import('papaparse');
  const text = await readFile(path, 'utf8');
  const { data, meta } = papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: 'greedy' });
  const fields = meta.fields ?? [];
  const missing = columns.find((column) => !fields.includes(column));
  if (missing === undefined) return data;
  throw new ArgumentError({
    operation: 'csvImages',
    expected: `a column '${missing}' in '${path}'`,
    received: `columns ${fields.map((field) => `'${field}'`).join(', ')}`,
    remedy: 'Name the columns with imageColumn and labelColumn.',
  });
}
