import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DownloadError, getFile, HashMismatchError, ModelFormatError } from 'mapache/io';
import { ArgumentError } from 'mapache/tensor';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const url = 'https://example.org/files/weights.h5?token=1';
const content = Uint8Array.from({ length: 10_000 }, (_, i) => (i * i) % 251);
const md5 = createHash('md5').update(content).digest('hex');
const sha256 = createHash('sha256').update(content).digest('hex');

let home = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'mapache-home-'));
  vi.stubEnv('KERAS_HOME', home);
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true, force: true });
});

/** A server that gives `bytes` in pieces of a thousand, and announces `length` of them. */
function serving(bytes: Uint8Array, length: number | null = bytes.length, broken = false) {
  return vi.fn(async (_: string | URL | Request, options?: RequestInit) => {
    let position = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (options?.signal?.aborted) return controller.error(options.signal.reason);
        if (broken && position > 4000) return controller.error(new Error('reset'));
        if (position >= bytes.length) return controller.close();
        controller.enqueue(bytes.slice(position, position + 1000));
        position += 1000;
      },
    });
    return new Response(body, length === null ? {} : { headers: { 'content-length': `${length}` } });
  });
}

describe('getFile', () => {
  test('downloads a file once, into the folder of Keras, with progress', async () => {
    const fetch = serving(content);
    const progress: [number, number][] = [];
    const onProgress = ({ loaded, total }: { loaded: number; total: number }) => void progress.push([loaded, total]);
    const path = await getFile(url, { fetch, folder: 'models', onProgress });
    expect(path).toBe(join(home, 'models', 'weights.h5'));
    expect(readFileSync(path as string).equals(content)).toBe(true);
    expect(progress).toEqual(Array.from({ length: 10 }, (_, i) => [(i + 1) * 1000, 10_000]));
    expect(await getFile(url, { fetch, folder: 'models' })).toBe(path);
    expect(fetch).toHaveBeenCalledTimes(1);
    expect(readdirSync(join(home, 'models'))).toEqual(['weights.h5']);
  });

  test.each([
    ['MD5', md5],
    ['SHA-256', sha256.toUpperCase()],
  ])('checks a %s, also of a file that is there already', async (_, hash) => {
    const fetch = serving(content);
    const path = (await getFile(url, { fetch, hash, name: 'w.h5', cacheFolder: home })) as string;
    await getFile(url, { fetch, hash, name: 'w.h5', cacheFolder: home });
    expect(fetch).toHaveBeenCalledTimes(1);
    writeFileSync(path, 'damaged');
    await getFile(url, { fetch, hash, name: 'w.h5', cacheFolder: home });
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(readFileSync(path).equals(content)).toBe(true);
  });

  test.each([
    ['another file', serving(content.slice(1)), HashMismatchError, { hash: md5 }],
    ['a file that breaks off', serving(content, content.length, true), DownloadError, {}],
    ['a file shorter than announced', serving(content, 20_000), DownloadError, {}],
    ['a file longer than allowed', serving(content, null), DownloadError, { maxBytes: 5000 }],
    ['a file announced to be longer than allowed', serving(content), DownloadError, { maxBytes: 5000 }],
    ['no such file', vi.fn(async () => new Response('no', { status: 404 })), DownloadError, {}],
    ['no answer', vi.fn(async () => Promise.reject(new TypeError('fetch failed'))), DownloadError, {}],
  ])('refuses %s and keeps nothing of it, but what was there', async (_, fetch, errorClass, options) => {
    const old = await getFile(url, { fetch: serving(Uint8Array.of(1, 2, 3)), name: 'old.h5' });
    await expect(getFile(url, { fetch, name: 'new.h5', ...options })).rejects.toThrow(errorClass);
    expect(readdirSync(join(home, 'datasets'))).toEqual(['old.h5']);
    expect(readFileSync(old as string)).toHaveLength(3);
  });

  test('a damaged file stays until a whole one has come', async () => {
    const path = (await getFile(url, { fetch: serving(Uint8Array.of(1, 2, 3)) })) as string;
    await expect(getFile(url, { fetch: serving(content, null, true), hash: md5 })).rejects.toThrow(DownloadError);
    expect(readFileSync(path)).toHaveLength(3);
  });

  test('stops when it is told to, and leaves nothing behind', async () => {
    const stop = new AbortController();
    const reason = new Error('enough');
    const onProgress = ({ loaded }: { loaded: number }) => (loaded >= 3000 ? stop.abort(reason) : undefined);
    await expect(getFile(url, { fetch: serving(content), signal: stop.signal, onProgress })).rejects.toBe(reason);
    expect(readdirSync(join(home, 'datasets'))).toEqual([]);
    await expect(getFile(url, { fetch: serving(content), signal: stop.signal })).rejects.toBe(reason);
  });

  test.each([
    ['a path for a name', url, { name: '../x.h5' }, ModelFormatError],
    ['no name at all', 'https://example.org/', {}, ModelFormatError],
    ['a folder elsewhere', url, { folder: '../..' }, ModelFormatError],
    ['something that is no hash', url, { hash: 'abc' }, ArgumentError],
    ['something that is no URL', 'weights.h5', {}, ArgumentError],
  ])('refuses %s', async (_, address, options, errorClass) => {
    const fetch = serving(content);
    await expect(getFile(address, { fetch, ...options })).rejects.toThrow(errorClass);
    expect(fetch).not.toHaveBeenCalled();
  });
});
