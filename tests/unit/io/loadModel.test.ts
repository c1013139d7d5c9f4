import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadModel, ModelFormatError, WeightsMismatchError } from 'mapache/io';
import { input, type LoadProgress, layers, model, sequential } from 'mapache/layers';
import { ArgumentError } from 'mapache/tensor';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/sandbox.js';
import { savedFiles, smallModel, weightsOf } from '../../support/saved-models.js';

const original = smallModel();
const files = await savedFiles(original);
const numbers = await weightsOf(original);
const shards = ['group1-shard1of3.bin', 'group1-shard2of3.bin', 'group1-shard3of3.bin'];
const folder = temporaryFolder();

beforeAll(() => {
  mkdirSync(join(folder, 'model'));
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, 'model', name), bytes);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const copy = (bytes: Uint8Array) => new Uint8Array(bytes);

describe('a source', () => {
  it.each([
    ['a folder', () => join(folder, 'model')],
    ['a path to model.json', () => join(folder, 'model', 'model.json')],
    ['a file: URL', () => pathToFileURL(join(folder, 'model', 'model.json'))],
    ['a file: URL as text', () => pathToFileURL(join(folder, 'model', 'model.json')).href],
    ['files by name', () => files],
    ['a map of files', () => new Map(Object.entries(files))],
    [
      'JSON that is parsed already',
      () => ({ ...files, 'model.json': JSON.parse(new TextDecoder().decode(files['model.json'])) as object }),
    ],
    [
      'text, and buffers',
      () =>
        Object.fromEntries(
          Object.entries(files).map(([name, bytes]) => [
            name,
            name.endsWith('json') ? new TextDecoder().decode(bytes) : copy(bytes).buffer,
          ]),
        ),
    ],
    ['blobs', () => Object.fromEntries(Object.entries(files).map(([name, bytes]) => [name, new Blob([copy(bytes)])]))],
    ['files that were picked', () => Object.entries(files).map(([name, bytes]) => new File([copy(bytes)], name))],
    [
      'files in a folder of their own',
      () => Object.fromEntries(Object.entries(files).map(([name, bytes]) => [`tanuki/${name}`, bytes])),
    ],
    [
      'a main file of another name',
      () => {
        const { 'model.json': main, ...rest } = files;
        return { ...rest, 'tanuki.json': main as Uint8Array };
      },
    ],
  ])('may be %s', async (_, source) => {
    expect(await weightsOf(await loadModel(source()))).toEqual(numbers);
  });

  it.each([
    ['nothing', undefined],
    ['a number', 42],
    ['no files', {}],
    ['files without a description', { 'weights.bin': new Uint8Array(4) }],
    ['several descriptions', { 'a.json': '{}', 'b.json': '{}' }],
  ])('may not be %s', async (_, source) => {
    await expect(loadModel(source as never)).rejects.toThrow(ArgumentError);
  });

  it('that is not there is named in the error', async () => {
    const path = join(folder, 'nowhere');
    await expect(loadModel(path)).rejects.toThrow(ModelFormatError);
    await expect(loadModel(path)).rejects.toThrow(path);
  });

  it('that is a graph of operations is refused as such', async () => {
    await expect(loadModel({ 'model.json': { format: 'graph-model', weightsManifest: [] } })).rejects.toThrow(
      "'layers-model'",
    );
  });

  it('with weights only has no model in it', async () => {
    await expect(loadModel({ 'model.json': { weightsManifest: [] } })).rejects.toThrow(ModelFormatError);
  });
});

describe('files of weights', () => {
  const manifest = (paths: readonly unknown[]) => {
    const json = JSON.parse(new TextDecoder().decode(files['model.json'])) as { weightsManifest: { paths: unknown }[] };
    (json.weightsManifest[0] as { paths: unknown }).paths = paths;
    return json;
  };

  it('outside the folder are never read', async () => {
    writeFileSync(join(folder, 'secret.bin'), new Uint8Array(32));
    writeFileSync(join(folder, 'model', 'model.json'), JSON.stringify(manifest(['../secret.bin'])));
    await expect(loadModel(join(folder, 'model'))).rejects.toThrow('inside its own folder');
    writeFileSync(join(folder, 'model', 'model.json'), files['model.json'] as Uint8Array);
  });

  it('that are folders or devices are refused', async () => {
    const odd = join(folder, 'odd');
    mkdirSync(join(odd, 'a.bin'), { recursive: true });
    symlinkSync('/dev/zero', join(odd, 'b.bin'));
    for (const name of ['a.bin', 'b.bin']) {
      writeFileSync(join(odd, 'model.json'), JSON.stringify(manifest([name])));
      await expect(loadModel(odd)).rejects.toThrow(ModelFormatError);
    }
  });

  it('are compared with what was announced: missing, short, long', async () => {
    const [first = ''] = shards;
    const without = Object.fromEntries(Object.entries(files).filter(([name]) => name !== first));
    await expect(loadModel(without)).rejects.toThrow(`file '${first}'`);
    await expect(loadModel({ ...files, [first]: new Uint8Array(11) })).rejects.toThrow(
      'expected 32 bytes of weights, received 31',
    );
    await expect(loadModel({ ...files, [first]: new Uint8Array(33) })).rejects.toThrow('at most 32 bytes');
    await expect(loadModel({ ...files, [first]: new Uint8Array(13) })).rejects.toThrow(ModelFormatError);
  });

  it('may not have more bytes than allowed', async () => {
    await expect(loadModel(files, { maxBytes: 31 })).rejects.toThrow('maxBytes');
  });

  it('are counted while they come', async () => {
    for (const source of [files, join(folder, 'model')]) {
      const steps: LoadProgress[] = [];
      await loadModel(source, { onProgress: (progress) => steps.push(progress) });
      expect(steps).toEqual([
        { loaded: 12, total: 32, file: shards[0] },
        { loaded: 24, total: 32, file: shards[1] },
        { loaded: 32, total: 32, file: shards[2] },
      ]);
    }
  });

  it('are not read any further once a signal says so', async () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    const seen: number[] = [];
    const onProgress = ({ loaded }: LoadProgress) => {
      seen.push(loaded);
      controller.abort(reason);
    };
    await expect(loadModel(files, { onProgress, signal: controller.signal })).rejects.toBe(reason);
    expect(seen).toEqual([12]);
  });
});

describe('weights that do not fit', () => {
  const changed = (change: (weights: { name: string; shape: number[]; dtype: string }[]) => void) => {
    const json = JSON.parse(new TextDecoder().decode(files['model.json']));
    change(json.weightsManifest[0].weights);
    return { ...files, 'model.json': json as object };
  };

  it('are refused with a report, before any file of weights is read', async () => {
    const source = changed((weights) => {
      weights[0] = { name: 'd/kernel', shape: [2, 3], dtype: 'float32' };
      weights[1] = { name: 'e/scale', shape: [2], dtype: 'float32' };
    });
    const error = await loadModel({ 'model.json': source['model.json'] }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(WeightsMismatchError);
    expect((error as WeightsMismatchError).report).toEqual({
      matched: [],
      missing: [{ path: 'd/bias', shape: [2] }],
      unexpected: [{ name: 'e/scale', shape: [2] }],
      mismatched: [{ path: 'd/kernel', name: 'd/kernel', expected: [3, 2], received: [2, 3] }],
    });
    expect((error as WeightsMismatchError).message).toContain('d/kernel [3, 2], in the file [2, 3]');
  });

  it('are left out with strict: false', async () => {
    const source = changed((weights) => {
      weights[1] = { name: 'e/scale', shape: [2], dtype: 'float32' };
    });
    const loaded = await weightsOf(await loadModel(source, { strict: false }));
    expect(loaded.slice(0, 6)).toEqual(numbers.slice(0, 6));
    expect(loaded.slice(6)).toEqual([0, 0]);
  });

  it('are refused if one name comes twice', async () => {
    const source = changed((weights) => {
      weights[1] = { name: 'd/kernel', shape: [2], dtype: 'float32' };
    });
    await expect(loadModel(source)).rejects.toThrow("2 called 'd/kernel'");
  });
});

describe('inputShape', () => {
  const convolution = () => layers.conv2d({ filters: 2, kernelSize: 3, name: 'c' });

  it('replaces the size of the input, and of nested models made for the same size', async () => {
    const base = sequential([layers.inputLayer({ shape: [8, 8, 3] }), convolution()], { name: 'base' });
    const start = input({ shape: [8, 8, 3] });
    const net = model({ inputs: start, outputs: layers.globalAveragePooling2d().apply(base.apply(start)) });
    const source = await savedFiles(net);
    const larger = await loadModel(source, { inputShape: [12, 16, 3] });
    expect(larger.inputShapes).toEqual([[null, 12, 16, 3]]);
    expect((larger.getLayer('base') as typeof base).outputShapes).toEqual([[null, 10, 14, 2]]);
    expect((await loadModel(source, { inputShape: [null, null, 3] })).inputShapes).toEqual([[null, null, null, 3]]);
    expect(await weightsOf(larger)).toEqual(await weightsOf(net));
  });

  it('may not change what weights depend on', async () => {
    const net = sequential([layers.inputLayer({ shape: [8, 8, 3] }), convolution()]);
    await expect(loadModel(await savedFiles(net), { inputShape: [8, 8, 4] })).rejects.toThrow(WeightsMismatchError);
  });

  it.each([
    ['another number of dimensions', [8, 3]],
    ['sizes that are none', [0]],
    ['text', 'large'],
  ])('may not be %s', async (_, inputShape) => {
    await expect(loadModel(files, { inputShape: inputShape as never })).rejects.toThrow(ArgumentError);
  });

  it('is for models with one input', async () => {
    const starts = [input({ shape: [3] }), input({ shape: [3] })];
    const net = model({ inputs: starts, outputs: layers.add().apply(starts) });
    await expect(loadModel(await savedFiles(net), { inputShape: [4] })).rejects.toThrow('2 inputs');
  });
});

describe('over HTTP', () => {
  let server: Server;
  let base = '';
  const requests: string[] = [];
  beforeAll(async () => {
    server = createServer((request, response) => {
      requests.push(request.url ?? '');
      const name = new URL(request.url ?? '', 'http://x').pathname.slice('/m/'.length);
      const bytes = name === 'endless.bin' ? undefined : files[name];
      if (name === 'endless.bin') {
        // Announces nothing and never stops.
        const send = (): void =>
          void response.write(new Uint8Array(1000), () => response.destroyed || setImmediate(send));
        send();
      } else {
        response.statusCode = bytes === undefined ? 404 : 200;
        response.end(bytes);
      }
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/m/`;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it('files are found beside model.json, with its query', async () => {
    requests.length = 0;
    const steps: number[] = [];
    const loaded = await loadModel(`${base}model.json?token=a%26b`, { onProgress: ({ loaded }) => steps.push(loaded) });
    expect(await weightsOf(loaded)).toEqual(numbers);
    expect(requests).toEqual(['model.json', ...shards].map((name) => `/m/${name}?token=a%26b`));
    expect(steps.at(-1)).toBe(32);
  });

  it('a folder and a URL object will do', async () => {
    expect(await weightsOf(await loadModel(new URL(base)))).toEqual(numbers);
  });

  it('the status of a missing file is told', async () => {
    await expect(loadModel(`${base}other/model.json`)).rejects.toThrow('status 404');
  });

  it('a server that is not there is told', async () => {
    await expect(loadModel('http://127.0.0.1:1/model.json')).rejects.toThrow(ModelFormatError);
  });

  it('no more is taken than was announced, however much comes', async () => {
    const json = JSON.parse(new TextDecoder().decode(files['model.json']));
    json.weightsManifest[0].paths = ['endless.bin'];
    const fetchFile = async (url: string | URL | Request, init?: RequestInit) =>
      String(url).endsWith('model.json') ? new Response(JSON.stringify(json)) : fetch(url, init);
    await expect(loadModel(`${base}model.json`, { fetch: fetchFile })).rejects.toThrow('at most 32 bytes');
  });

  it('a signal stops it', async () => {
    const controller = new AbortController();
    controller.abort(new Error('enough'));
    await expect(loadModel(`${base}model.json`, { signal: controller.signal })).rejects.toThrow('enough');
  });
});
