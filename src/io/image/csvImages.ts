import type { LabelledImages } from './openLabelledImages.js';
import type { CsvImagesOptions } from './readCsvImages.js';

/**
 * Pictures that are listed in a table, with their classes (Node): comma-separated values, or whatever separates them,
 * with the names of the columns in the first row. Rows that lack something and files that cannot be decoded are left
 * out and listed in `skipped`.
 * @throws {ArgumentError} if a column is missing or an option is outside its range.
 * @throws {ClassFolderError} if a class is left without pictures, or cannot be split.
 */
export async function csvImages(path: string, options: CsvImagesOptions): Promise<LabelledImages> {
  const { readCsvImages } = await import('./readCsvImages.js');
  return readCsvImages(path, options);
}
