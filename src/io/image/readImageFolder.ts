import { ArgumentError, formatValue } from '../../tensor/index.js';
import { classLayout } from './folder/classLayout.js';
import { diskFolder } from './folder/diskFolder.js';
import { pageFiles } from './folder/pageFiles.js';
import type { FolderListing } from './folder/sourceFile.js';
import { zipFolder } from './folder/zipFolder.js';
import {
  checkImageOptions,
  type LabelledImages,
  type LabelledImagesOptions,
  openLabelledImages,
} from './openLabelledImages.js';

/** A folder: its path (Node), the files somebody chose in a page, or a zip archive: its path or its bytes. */
export type ImageFolderSource = string | Iterable<File> | Blob | ArrayBuffer | Uint8Array;

/** What `imageFolder` does. */
export async function readImageFolder(
  source: ImageFolderSource,
  options: LabelledImagesOptions,
): Promise<LabelledImages> {
  checkImageOptions('imageFolder', options);
  const listing = await listSource(source);
  return openLabelledImages('imageFolder', classLayout(listing, options.classNames ?? null), options);
}

async function listSource(source: ImageFolderSource): Promise<FolderListing> {
  if (typeof source === 'string') return listPath(source);
  if (source instanceof Uint8Array) return zipFolder('the archive', source);
  if (source instanceof ArrayBuffer) return zipFolder('the archive', new Uint8Array(source));
  if (source instanceof Blob) return zipFolder(nameOf(source), new Uint8Array(await source.arrayBuffer()));
  if (typeof source === 'object' && source !== null && Symbol.iterator in source) return pageFiles(source);
  throw new ArgumentError({
    operation: 'imageFolder',
    expected: 'the path of a folder, files, or a zip archive',
    received: formatValue(source),
    remedy: 'For example the files of <input type="file" webkitdirectory>.',
  });
}

async function listPath(path: string): Promise<FolderListing> {
  const { stat, readFile } = await import('node:fs/promises');
  const isFile = await stat(path).then(
    (info) => info.isFile(),
    () => false,
  );
  return isFile ? zipFolder(path, await readFile(path)) : diskFolder(path);
}

function nameOf(blob: Blob): string {
  return 'name' in blob && typeof blob.name === 'string' ? blob.name : 'the archive';
}
