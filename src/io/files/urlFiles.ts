import { missingFile, overlongFile } from './fileErrors.js';
import type { FileReading, ModelFiles } from './modelFiles.js';

/**
 * Files behind a URL. Others are found beside the main one, with its query, which may hold a token.
 * @param url the main file, or a folder (ending in a slash) in which it is called `model.json`.
 */
export function urlFiles(url: URL, fetchFile: typeof fetch): ModelFiles {
  const main = url.pathname.endsWith('/') ? beside(url, 'model.json') : url;
  return {
    name: main.href,
    main: (reading) => download(main, fetchFile, reading),
    read: (path, reading) => download(beside(main, path), fetchFile, reading),
  };
}

function beside(main: URL, path: string): URL {
  const url = new URL(path.split('/').map(encodeURIComponent).join('/'), main);
  url.search = main.search;
  return url;
}

async function download(
  url: URL,
  fetchFile: typeof fetch,
  { limit, signal, onSize, onBytes }: FileReading,
): Promise<Uint8Array> {
  const response = await fetchFile(url.href, signal === undefined ? {} : { signal }).catch((error: unknown) => {
    signal?.throwIfAborted();
    throw missingFile(url.href, 'no answer', error);
  });
  if (!response.ok) throw missingFile(url.href, `status ${response.status}`);
  if (response.body === null) return new Uint8Array(0);
  const announced = Number(response.headers.get('content-length'));
  if (Number.isSafeInteger(announced) && announced > 0) onSize?.(announced);
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = response.body.getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) {
      size += step.value.length;
      // A server may say anything about the length: what counts is what comes.
      if (size > limit) throw overlongFile(url.href, limit, 'more');
      chunks.push(step.value);
      onBytes?.(step.value.length);
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
  return join(chunks, size);
}

function join(chunks: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let position = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, position);
    position += chunk.length;
  }
  return bytes;
}
