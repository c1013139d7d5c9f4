import type { LabelledImages, LabelledImagesOptions } from './openLabelledImages.js';
import type { ImageFolderSource } from './readImageFolder.js';

/**
 * Pictures that are sorted into one folder for each class: `photos/cats/1.jpg`, `photos/dogs/2.png`. Classes and files
 * come in the order of their names; folders inside those of the classes count too. All files are looked into once:
 * those that are no pictures or broken are left out and listed in `skipped`; those whose names begin with a dot do not
 * count. In a folder that holds only `train`, `validation` (or `val`) and `test`, those hold the classes.
 *
 * ```ts
 * const photos = await imageFolder('photos', { size: [160, 160], validationSplit: 0.2, seed: 7 });
 * await model.fit(photos.train, { validationData: photos.validation });
 * ```
 * @throws {ClassFolderError} if there are no two classes, one has no pictures or cannot be read, or cannot be split.
 * @throws {ArgumentError} if an option is outside its range.
 */
export async function imageFolder(source: ImageFolderSource, options: LabelledImagesOptions): Promise<LabelledImages> {
  const { readImageFolder } = await import('./readImageFolder.js');
  return readImageFolder(source, options);
}
