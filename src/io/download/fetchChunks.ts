import { DownloadError } from './downloadError.js';

/** How a file is fetched. */
export interface FetchOptions {
  readonly fetch: typeof fetch;
  readonly signal: AbortSignal | undefined;
  /** Most bytes to accept. */
  readonly limit: number;
  /** Called as bytes come, with how many have come and how many will, as far as the server says. */
  readonly onBytes: (loaded: number, total: number | null) => void;
}

/**
 * The bytes behind a URL, in pieces as they come.
 * @throws {DownloadError} if there is no answer, or it breaks off, is too long, or shorter than announced.
 */
export async function* fetchChunks(url: string, options: FetchOptions): AsyncGenerator<Uint8Array, void, undefined> {
  const { signal, limit, onBytes } = options;
  const broken = (expected: string, received: string, cause?: unknown): DownloadError => {
    const details = { expected, received, remedy: 'Check the connection and the address, and try again.' };
    return new DownloadError(url, details, cause === undefined ? undefined : { cause });
  };
  const response = await options.fetch(url, signal === undefined ? {} : { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw broken('a file', 'no answer', error);
  });
  if (!response.ok || response.body === null) throw broken('a file', `status ${response.status}`);
  const total = announcedSize(response);
  if (total !== null && total > limit) throw broken(`at most ${limit} bytes`, `${total}`);
  const reader = response.body.getReader();
  let loaded = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((error: unknown) => {
        signal?.throwIfAborted();
        throw broken('the whole file', `${loaded} bytes, then nothing`, error);
      });
      if (done) break;
      loaded += value.length;
      if (loaded > limit) throw broken(`at most ${limit} bytes`, 'more');
      onBytes(loaded, total);
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
  if (total !== null && loaded !== total) throw broken(`${total} bytes`, `${loaded}`);
}

/** The size a server announces, unless it is that of compressed bytes. */
function announcedSize({ headers }: Response): number | null {
  if ((headers.get('content-encoding') ?? 'identity') !== 'identity') return null;
  const size = Number(headers.get('content-length') ?? Number.NaN);
  return Number.isSafeInteger(size) && size >= 0 ? size : null;
}
