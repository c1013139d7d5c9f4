import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { zipSync } from 'fflate';
import { ClassFolderError, type ImageDataset, imageFolder } from 'mapache/io';
import { layers, sequential } from 'mapache/layers';
import { ArgumentError, setRandomSeed, type Tensor } from 'mapache/tensor';
import { losses } from 'mapache/training';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { temporaryFolder } from '../../../support/sandbox.js';
import { bitsOf } from '../../../support/tensors.js';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const size = [1, 1] as const;
const red = [255, 0, 0];
const blue = [0, 0, 255];
const pictures = new Map<string, Uint8Array>();

/** A picture of one pixel. */
async function png([r, g, b]: readonly number[]): Promise<Uint8Array> {
  const raw = { width: 1, height: 1, channels: 3 } as const;
  return new Uint8Array(
    await sharp(Uint8Array.of(r as number, g as number, b as number), { raw })
      .png()
      .toBuffer(),
  );
}

beforeAll(async () => {
  pictures.set('red', await png(red));
  pictures.set('blue', await png(blue));
});

/** A folder with these files: contents, or names of pictures. Paths that end with a slash are empty folders. */
function photos(name: string, files: Readonly<Record<string, Uint8Array | string>>): string {
  for (const [path, content] of Object.entries(files)) {
    const full = join(folder, name, path);
    mkdirSync(path.endsWith('/') ? full : dirname(full), { recursive: true });
    if (!path.endsWith('/')) writeFileSync(full, pictures.get(content as string) ?? content);
  }
  return join(folder, name);
}

/** As many pictures in each class. */
function classes(counts: Readonly<Record<string, number>>): Record<string, string> {
  const names = Object.entries(counts).flatMap(([name, count]) =>
    Array.from({ length: count }, (_, i) => `${name}/${String(i).padStart(3, '0')}.png`),
  );
  return Object.fromEntries(names.map((path) => [path, path.charCodeAt(0) % 2 === 0 ? 'red' : 'blue']));
}

async function pixels(dataset: ImageDataset, positions = Int32Array.from(dataset.files.keys())): Promise<number[]> {
  const { x } = await dataset.gather(positions);
  return [...(await (x as Tensor).data())];
}

describe('imageFolder', () => {
  it('sorts classes and files by name, and reports what it left out', async () => {
    const root = photos('mixed', {
      'tanuki/b.png': 'blue',
      'tanuki/a.png': 'red',
      'tanuki/more/c.png': 'red',
      'raccoon/z.png': 'blue',
      'raccoon/broken.png': (pictures.get('blue') as Uint8Array).subarray(0, 40),
      'raccoon/empty.png': '',
      'raccoon/notes.txt': 'no picture',
      'raccoon/text.jpg': 'no picture either',
      'raccoon/.hidden.png': 'does not count',
      'readme.md': 'not in a class',
    });
    symlinkSync(join(folder, 'nowhere'), join(root, 'raccoon', 'link.png'));
    symlinkSync('..', join(root, 'raccoon', 'loop'));

    const { train, validation, classNames, skipped } = await imageFolder(root, { size });
    expect(classNames).toEqual(['raccoon', 'tanuki']);
    expect(train.files).toEqual(['raccoon/z.png', 'tanuki/a.png', 'tanuki/b.png', 'tanuki/more/c.png']);
    expect([...train.labels]).toEqual([0, 1, 1, 1]);
    expect([train.size, train.imageSize, validation]).toEqual([4, size, null]);
    const { x, y } = await train.gather(Int32Array.of(3, 0));
    expect([(x as Tensor).shape, (x as Tensor).dtype]).toEqual([[2, 1, 1, 3], 'float32']);
    expect([(y as Tensor).dtype, ...(await (y as Tensor).data())]).toEqual(['int32', 1, 0]);
    expect(await pixels(train)).toEqual([...blue, ...red, ...blue, ...red]);
    expect(Object.fromEntries(skipped.map(({ file, reason }) => [file, reason]))).toEqual({
      'readme.md': 'not in the folder of a class',
      'raccoon/broken.png': expect.stringMatching(/./),
      'raccoon/empty.png': 'an empty file',
      'raccoon/link.png': 'no such file',
      'raccoon/loop': 'a folder that is left out: a link to a folder that it lies in',
      'raccoon/notes.txt': expect.stringContaining('unsupported'),
      'raccoon/text.jpg': expect.stringContaining('unsupported'),
    });
  });

  it('gives batches in the order of the seed, whether pictures are kept or decoded again', async () => {
    const root = photos('many', classes({ a: 20, b: 17 }));
    const kept = await imageFolder(root, { size });
    const none = await imageFolder(root, { size, memory: 0 });
    const batches = async ({ train }: typeof kept): Promise<number[][]> => {
      const all: number[][] = [];
      const options = { batchSize: 8, shuffle: true, seed: { seed: 1, stream: 2 }, epoch: 3 };
      for await (const { x, y } of train.batches(options)) {
        all.push([...(await (x as Tensor).data()), ...(await (y as Tensor).data())]);
      }
      return all;
    };
    expect((await batches(kept)).map((numbers) => numbers.length / 4)).toEqual([8, 8, 8, 8, 5]);
    expect(await batches(none)).toEqual(await batches(kept));
    expect(none.train.identity).toBe(kept.train.identity);
  });

  it('sets the same fraction of every class aside, the same one every time', async () => {
    const root = photos('split', classes({ a: 30, b: 10, c: 2 }));
    const { train, validation } = await imageFolder(root, { size, validationSplit: 0.2, seed: 7 });
    const counts = ({ labels }: ImageDataset) =>
      [0, 1, 2].map((label) => labels.filter((other) => other === label).length);
    expect(counts(train)).toEqual([24, 8, 1]);
    expect(counts(validation as ImageDataset)).toEqual([6, 2, 1]);
    expect([...train.files, ...(validation as ImageDataset).files].sort()).toEqual(
      (await imageFolder(root, { size })).train.files,
    );
    const again = await imageFolder(root, { size, validationSplit: 0.2, seed: 7 });
    const other = await imageFolder(root, { size, validationSplit: 0.2, seed: 8 });
    expect(again.validation?.files).toEqual(validation?.files);
    expect(again.validation?.identity).toBe(validation?.identity);
    expect(other.validation?.files).not.toEqual(validation?.files);
    expect(other.validation?.identity).not.toBe(validation?.identity);
  });

  it('weighs classes so that all count the same', async () => {
    const { classWeights } = await imageFolder(photos('weights', classes({ a: 6, b: 2 })), { size });
    expect(classWeights).toEqual({ 0: 8 / (2 * 6), 1: 8 / (2 * 2) });
  });

  it('takes a folder that is divided already', async () => {
    const files = classes({ 'train/a': 3, 'train/b': 3, 'val/a': 1, 'val/b': 2, 'test/a': 1, 'test/b': 1 });
    const { train, validation, classNames } = await imageFolder(photos('divided', files), { size });
    expect([classNames, train.size, validation?.size]).toEqual([['a', 'b'], 6, 3]);
    expect(validation?.files).toEqual(['val/a/000.png', 'val/b/000.png', 'val/b/001.png']);
  });

  it('copes with spaces, accents and other scripts', async () => {
    const files = { 'gatos y más/un señor ñandú.png': 'red', '狸 たぬき/#1%20?.png': 'blue' };
    const { train, classNames, skipped } = await imageFolder(photos('mapa de imágenes', files), { size });
    expect(classNames).toEqual(['gatos y más', '狸 たぬき']);
    expect([await pixels(train), skipped]).toEqual([[...red, ...blue], []]);
  });

  it('takes the classes in the order given, for a model that knows more of them', async () => {
    const root = photos('given', classes({ b: 2 }));
    const { train, classNames } = await imageFolder(root, { size, classNames: ['c', 'b', 'a'] });
    expect([classNames, [...train.labels]]).toEqual([
      ['c', 'b', 'a'],
      [1, 1],
    ]);
    await expect(imageFolder(root, { size, classNames: ['a', 'c'] })).rejects.toThrow("'b'");
  });

  it.each([
    ['no classes', {}, { 'a.png': 'red' }],
    ['one class', {}, { 'a/1.png': 'red' }],
    ['empty class', {}, { 'a/1.png': 'red', 'b/': '' }],
    ['empty class', {}, { 'a/1.png': 'red', 'b/notes.txt': 'no picture' }],
    ['too few to split', { validationSplit: 0.2 }, { 'a/1.png': 'red', 'b/1.png': 'red', 'b/2.png': 'red' }],
    ['no folder', {}, null],
  ] as const)('says that there is a problem: %s', async (problem, options, files) => {
    const root =
      files === null
        ? join(folder, 'nowhere')
        : photos(`problem ${Object.keys(files).join().replaceAll('/', ' ')}`, files);
    const error = await imageFolder(root, { size, ...options }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ClassFolderError);
    expect((error as ClassFolderError).problem).toBe(problem);
  });

  it('says that a folder may not be read', async () => {
    const root = photos('closed', { 'a/1.png': 'red', 'b/1.png': 'red', 'c/inner/1.png': 'red', 'c/2.png': 'red' });
    const closed = { path: join(root, 'b') };
    vi.doMock('node:fs/promises', async (original) => {
      const real = await original<typeof import('node:fs/promises')>();
      const readdir = (path: string) =>
        path === closed.path
          ? Promise.reject(Object.assign(new Error('EACCES'), { code: 'EACCES' }))
          : real.readdir(path);
      return { ...real, readdir };
    });
    try {
      const error = await imageFolder(root, { size }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ problem: 'unreadable', folder: 'b', received: 'no permission to read it' });
      // Deeper down it costs some pictures, which are told.
      closed.path = join(root, 'c', 'inner');
      const { train, skipped } = await imageFolder(root, { size });
      expect(train.files).toEqual(['a/1.png', 'b/1.png', 'c/2.png']);
      expect(skipped).toEqual([{ file: 'c/inner', reason: 'a folder that is left out: no permission to read it' }]);
    } finally {
      vi.doUnmock('node:fs/promises');
    }
  });

  it('reads a very wide picture', async () => {
    const raw = { width: 20_000, height: 2, channels: 3 } as const;
    const wide = await sharp(new Uint8Array(120_000).fill(9), { raw }).png().toBuffer();
    const root = photos('wide', { 'a/1.png': new Uint8Array(wide), 'b/1.png': 'red' });
    expect(await pixels((await imageFolder(root, { size })).train)).toEqual([9, 9, 9, ...red]);
  });

  it('takes the files that somebody chose in a page', async () => {
    const files = Object.entries({
      'p/cats/2.png': 'red',
      'p/cats/1.png': 'blue',
      'p/dogs/x.txt': '',
      'p/dogs/1.png': 'red',
    });
    const chosen = files.map(([path, name]) => {
      const file = new File([new Uint8Array(pictures.get(name) ?? [])], path.split('/').at(-1) as string);
      return Object.defineProperty(file, 'webkitRelativePath', { value: path });
    });
    const { train, skipped } = await imageFolder(chosen, { size });
    expect([train.files, train.classNames]).toEqual([
      ['cats/1.png', 'cats/2.png', 'dogs/1.png'],
      ['cats', 'dogs'],
    ]);
    expect(await pixels(train)).toEqual([...blue, ...red, ...red]);
    expect(skipped.map(({ file }) => file)).toEqual(['dogs/x.txt']);
  });

  it.each([
    ['', 'as it is'],
    ['photos/', 'in a folder of its own'],
  ])('takes a zip archive, packed %s%s', async (prefix) => {
    const entries = { 'cats/1.png': 'red', 'dogs/é 1.png': 'blue', 'dogs/.DS_Store': 'red', 'notes.txt': 'red' };
    const archive = zipSync(
      Object.fromEntries(
        Object.entries(entries).map(([path, name]) => [prefix + path, pictures.get(name) as Uint8Array]),
      ),
    );
    const path = join(folder, 'photos.zip');
    writeFileSync(path, archive);
    for (const source of [path, archive, new Blob([new Uint8Array(archive)]), new Uint8Array(archive).buffer]) {
      const { train, skipped } = await imageFolder(source, { size });
      expect(train.files).toEqual(['cats/1.png', 'dogs/é 1.png']);
      expect(await pixels(train)).toEqual([...red, ...blue]);
      expect(skipped.map(({ file }) => file)).toEqual(['notes.txt']);
    }
  });

  it('refuses archives that are damaged or bombs', async () => {
    const bomb = zipSync({ 'a/1.png': new Uint8Array(2 ** 23), 'b/1.png': new Uint8Array(9) });
    for (const bytes of [bomb, Uint8Array.of(1, 2, 3), bomb.subarray(0, 50)]) {
      const error = await imageFolder(bytes, { size }).catch((reason: unknown) => reason);
      expect(error).toMatchObject({ problem: 'damaged archive' });
    }
  });

  it('has an identity that changes with files, sizes and times', async () => {
    const root = photos('identity', { 'a/1.png': 'red', 'b/1.png': 'blue' });
    const identity = async (options = {}): Promise<string> =>
      (await imageFolder(root, { size, ...options })).train.identity;
    const first = await identity();
    expect(await identity()).toBe(first);
    expect(await identity({ size: [2, 2] })).not.toBe(first);
    photos('identity', { 'b/2.png': 'blue' });
    expect(await identity()).not.toBe(first);
  });

  it('tells how far it is, and stops when it is told to', async () => {
    const root = photos('progress', classes({ a: 3, b: 3 }));
    const told: string[] = [];
    await imageFolder(root, { size, onProgress: (done, total) => void told.push(`${done}/${total}`) });
    expect(told).toEqual(['1/6', '2/6', '3/6', '4/6', '5/6', '6/6']);
    const controller = new AbortController();
    const opening = imageFolder(root, {
      size,
      signal: controller.signal,
      onProgress: () => controller.abort('enough'),
    });
    await expect(opening).rejects.toBe('enough');
  });

  it.each([{ size: [1] }, { size, validationSplit: 1 }, { size, memory: -1 }, { size, decoder: 'gimp' }])(
    'refuses %j',
    async (options) => {
      await expect(imageFolder(photos('options', classes({ a: 1, b: 1 })), options as never)).rejects.toThrow(
        ArgumentError,
      );
    },
  );

  it('refuses what is no folder', async () => {
    await expect(imageFolder(7 as never, { size })).rejects.toThrow(ArgumentError);
  });
});

describe('training on a folder', () => {
  it('gives the same weights whether pictures are kept, decoded again, or in memory as arrays', async () => {
    const root = photos('train', classes({ a: 11, b: 9 }));
    const train = async (options: object, asArrays = false): Promise<Uint8Array[]> => {
      const { train: data, validation } = await imageFolder(root, { size: [2, 2], validationSplit: 0.2, ...options });
      setRandomSeed(3);
      const net = sequential([layers.inputLayer({ shape: [2, 2, 3] }), layers.flatten(), layers.dense({ units: 2 })]);
      net.compile({ optimizer: 'sgd', loss: losses.sparseCategoricalCrossentropy({ fromLogits: true }) });
      const { x, y } = await data.gather(Int32Array.from(data.files.keys()));
      const { history } = await net.fit(asArrays ? { x, y } : data, {
        epochs: 2,
        batchSize: 4,
        validationData: validation,
        verbose: 0,
      });
      expect(history.val_loss?.length).toBe(2);
      return [...(await bitsOf(net.weights)).values()];
    };
    const kept = await train({});
    expect(await train({ memory: 0 })).toEqual(kept);
    expect(await train({}, true)).toEqual(kept);
  });
});
