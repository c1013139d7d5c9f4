import type { LoadProgress, ReadOptions } from '../../layers/index.js';
import { ArgumentError, formatValue } from '../../tensor/index.js';
import { isNode } from '../environment.js';
import { checkFilePath } from '../files/filePath.js';
import { HashMismatchError } from './downloadError.js';
import { fetchChunks } from './fetchChunks.js';
import type { StoredFile } from './fileStore.js';
import { folderStore } from './folderStore.js';
import { hasherFor } from './hash.js';
import { kerasFolder } from './kerasFolder.js';
import { pageStore } from './pageStore.js';

const defaultLimit = 2 ** 32;

/** Options of `getFile`. */
export interface GetFileOptions extends ReadOptions {
  /** Name to keep it under. @defaultValue the last part of the URL */
  readonly name?: string | undefined;
  /** Hash the file must have: MD5 (32 hexadecimal digits) or SHA-256 (64). @defaultValue not checked */
  readonly hash?: string | null | undefined;
  /** Folder inside the cache folder (Node). @defaultValue `'datasets'`, as in Keras */
  readonly folder?: string | undefined;
  /** The cache folder (Node). @defaultValue `KERAS_HOME`, or `.keras` in the user's folder */
  readonly cacheFolder?: string | undefined;
}

/** What `getFile` does. */
export async function fetchOnce(url: string | URL, options: GetFileOptions): Promise<StoredFile> {
  const { href, pathname } = parseUrl(url);
  const name = checkFilePath(href, options.name ?? pathname.slice(pathname.lastIndexOf('/') + 1));
  const hash = checkHash(options.hash ?? null);
  const { folder = 'datasets', cacheFolder, maxBytes: limit = defaultLimit, signal, onProgress } = options;
  const store = isNode()
    ? await folderStore(`${cacheFolder ?? (await kerasFolder())}/${checkFilePath(href, folder)}`, name)
    : await pageStore(href, name);
  const found = await store.find(async (chunks) => hash === null || (await hashOf(chunks, hash)) === hash);
  if (found !== null) return found;
  signal?.throwIfAborted();
  const onBytes = (loaded: number, total: number | null): void =>
    onProgress?.({ loaded, total: total ?? loaded, file: href } satisfies LoadProgress);
  const chunks = fetchChunks(href, { fetch: options.fetch ?? fetch, signal, limit, onBytes });
  return store.keep(hash === null ? chunks : verified(href, chunks, hash));
}

/** The same bytes; at their end an error if they are not those that were meant. */
async function* verified(
  url: string,
  chunks: AsyncIterable<Uint8Array>,
  expected: string,
): AsyncGenerator<Uint8Array, void, undefined> {
  const hasher = await hasherFor(expected);
  for await (const bytes of chunks) {
    hasher.update(bytes);
    yield bytes;
  }
  const received = hasher.digest();
  if (received !== expected) throw new HashMismatchError(url, expected, received);
}

async function hashOf(chunks: AsyncIterable<Uint8Array>, like: string): Promise<string> {
  const hasher = await hasherFor(like);
  for await (const bytes of chunks) hasher.update(bytes);
  return hasher.digest();
}

function parseUrl(url: string | URL): URL {
  try {
    return new URL(url, globalThis.location?.href);
  } catch {
    throw new ArgumentError({
      operation: 'getFile',
      expected: 'a URL',
      received: formatValue(url),
      remedy: 'Files on this machine need no download: give their path to loadModel.',
    });
  }
}

function checkHash(hash: string | null): string | null {
  if (hash === null) return null;
  if (/^([0-9a-f]{32}|[0-9a-f]{64})$/i.test(hash)) return hash.toLowerCase();
  throw new ArgumentError({
    operation: 'getFile',
    expected: 'a hash of 32 (MD5) or 64 (SHA-256) hexadecimal digits',
    received: formatValue(hash),
    remedy: 'Programs called md5sum and sha256sum print them.',
  });
}
