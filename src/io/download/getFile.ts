import type { GetFileOptions } from './fetchOnce.js';
import type { StoredFile } from './fileStore.js';

/**
 * A file from the web, fetched once: afterwards it is taken from Keras's cache folder (Node), which Python uses too, or
 * from the cache of the page. A file whose hash is not the given one is fetched again.
 *
 * ```ts
 * const path = await getFile('https://example.org/flowers.h5', { hash: '…', onProgress: ({ loaded, total }) => … });
 * ```
 * @returns a path in Node, a `File` in a page: what `loadModel` takes.
 * @throws {DownloadError} if it cannot be had. Nothing is kept of a file that did not come whole.
 * @throws {HashMismatchError} if what came has another hash.
 */
export async function getFile(url: string | URL, options: GetFileOptions = {}): Promise<StoredFile> {
  const { fetchOnce } = await import('./fetchOnce.js');
  return fetchOnce(url, options);
}
