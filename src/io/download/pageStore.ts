import type { FileStore } from './fileStore.js';

const cacheName = 'mapache';

/** A file in the cache of a page, by its address. Where a page may have none, nothing is kept. */
export async function pageStore(url: string, name: string): Promise<FileStore> {
  const cache = typeof caches === 'undefined' ? null : await caches.open(cacheName).catch(() => null);
  return {
    async find(accept) {
      const blob = await (await cache?.match(url))?.blob();
      if (blob === undefined) return null;
      return (await accept(chunksOf(blob.stream()))) ? new File([blob], name) : null;
    },
    async keep(chunks) {
      const parts: Uint8Array<ArrayBuffer>[] = [];
      for await (const bytes of chunks) parts.push(new Uint8Array(bytes));
      const file = new File(parts, name);
      // A full disk is no reason to do without the file.
      await cache?.put(url, new Response(file)).catch(() => {});
      return file;
    },
  };
}

/** Streams of pages cannot be iterated over everywhere yet. */
async function* chunksOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const reader = stream.getReader();
  for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
}
