import { getFile } from '../../io/index.js';
import type { ReadOptions } from '../../layers/index.js';
import { ArgumentError } from '../../tensor/index.js';

/** A class of ImageNet. */
export interface ImagenetClass {
  /** Its number in WordNet, as in `n02123045`. */
  readonly synset: string;
  /** Its name, as in `tabby`. */
  readonly name: string;
}

const file = {
  url: 'https://storage.googleapis.com/download.tensorflow.org/data/imagenet_class_index.json',
  hash: 'c2c37ea517e94d9795004a39431a14cb',
};

let known: Promise<readonly ImagenetClass[]> | null = null;

/**
 * The 1000 classes of ImageNet in the order of published tops. The list is kept where weights are.
 * @throws {DownloadError} if it is neither there nor to be had.
 */
export function imagenetClasses(options: ReadOptions = {}): Promise<readonly ImagenetClass[]> {
  known ??= readClasses(options).catch((error: unknown) => {
    known = null;
    throw error;
  });
  return known;
}

async function readClasses(options: ReadOptions): Promise<readonly ImagenetClass[]> {
  const { maxBytes, signal, fetch } = options;
  const found = await getFile(file.url, { maxBytes, signal, fetch, hash: file.hash, folder: 'models' });
  const index = JSON.parse(await textOf(found)) as Readonly<Record<string, readonly [string, string]>>;
  return Object.keys(index).map((_, i) => {
    const entry = index[i];
    if (entry === undefined) {
      throw new ArgumentError({
        operation: 'imagenetClasses',
        expected: `a class ${i} in ${file.url}`,
        received: 'none',
        remedy: 'Remove the file from the cache folder.',
      });
    }
    return { synset: entry[0], name: entry[1] };
  });
}

async function textOf(stored: string | File): Promise<string> {
  if (typeof stored !== 'string') return stored.text();
  const { readFile } = await import('node:fs/promises');
  return readFile(stored, 'utf8');
}
