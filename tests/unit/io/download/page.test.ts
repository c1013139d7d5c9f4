import { createHash } from 'node:crypto';
import { getFile, HashMismatchError } from 'mapache/io';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

vi.mock('../../../../src/io/environment.js', () => ({ isNode: () => false }));

const url = 'https://example.org/weights.h5';
const content = Uint8Array.from({ length: 5000 }, (_, i) => (i * i) % 251);
const hashOf = (algorithm: string) => createHash(algorithm).update(content).digest('hex');

const kept = new Map<string, Response>();
beforeEach(() => {
  kept.clear();
  const cache = {
    match: async (key: string) => kept.get(key)?.clone(),
    put: async (key: string, response: Response) => void kept.set(key, response),
  };
  vi.stubGlobal('caches', { open: async () => cache });
});
afterEach(() => vi.unstubAllGlobals());

const serving = () => vi.fn(async () => new Response(content));
const bytesOf = async (file: string | File) => new Uint8Array(await (file as File).arrayBuffer());

// What only a page has is imitated; the hashes are those that pages compute.
describe('getFile in a page', () => {
  test.each(['md5', 'sha256'])('keeps a file in the cache, checked by its %s', async (algorithm) => {
    const fetch = serving();
    const hash = hashOf(algorithm);
    const first = await getFile(url, { fetch, hash });
    expect((first as File).name).toBe('weights.h5');
    expect(await bytesOf(first)).toEqual(content);
    expect(await bytesOf(await getFile(url, { fetch, hash }))).toEqual(content);
    expect(fetch).toHaveBeenCalledTimes(1);
    kept.set(url, new Response('damaged'));
    expect(await bytesOf(await getFile(url, { fetch, hash }))).toEqual(content);
    expect(fetch).toHaveBeenCalledTimes(2);
  });

  test.each(['0'.repeat(32), '0'.repeat(64)])('keeps nothing with another hash than %s', async (hash) => {
    await expect(getFile(url, { fetch: serving(), hash })).rejects.toThrow(HashMismatchError);
    expect(kept.size).toBe(0);
  });

  test('does without a cache where there is none', async () => {
    vi.stubGlobal('caches', undefined);
    expect(await bytesOf(await getFile(url, { fetch: serving() }))).toEqual(content);
  });
});
