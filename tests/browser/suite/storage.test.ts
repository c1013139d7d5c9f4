import { loadModel } from 'mapache/io';
import type { Model } from 'mapache/layers';
import { setRandomSeed, type Variable } from 'mapache/tensor';
import { BackupAndRestore, type Callback, type FitOptions, ModelCheckpoint } from 'mapache/training';
import { addHead, freeze } from 'mapache/transfer';
import { beforeEach, describe, expect, test } from 'vitest';
import { convolutionalBase } from '../../support/convolutional-base.js';
import { CountedDataset } from '../../support/counted-dataset.js';
import { asked } from '../../support/environment.js';

// What a page keeps among its origin's private files: features, and trainings that go on after the page was closed.

/** Paths of all files of the origin. */
async function files(folder?: FileSystemDirectoryHandle, path = ''): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const [name, handle] of (folder ?? (await navigator.storage.getDirectory())).entries()) {
    if (handle instanceof FileSystemDirectoryHandle) found.push(...(await files(handle, `${path}${name}/`)));
    else found.push(`${path}${name}`);
  }
  return found;
}

beforeEach(async () => {
  const root = await navigator.storage.getDirectory();
  const names: string[] = [];
  for await (const name of root.keys()) names.push(name);
  for (const name of names) await root.removeEntry(name, { recursive: true });
});

function network(seed = 3): Model {
  setRandomSeed(seed);
  const base = convolutionalBase();
  freeze(base);
  const net = addHead(base, { classes: 3, dropout: 0.3 });
  net.compile({ optimizer: 'adam', metrics: ['accuracy'] });
  return net;
}

async function numbersOf(variables: readonly Variable[]): Promise<readonly number[]> {
  const arrays = await Promise.all(variables.map(({ value }) => value.data()));
  return arrays.flatMap((array) => [...array]);
}

const quiet = { epochs: 3, batchSize: 4, verbose: 0, seed: 1 } as const;

async function trained(options: FitOptions, data = new CountedDataset()): Promise<readonly number[]> {
  const net = network();
  await net.fit(data, { ...quiet, ...options });
  return numbersOf(net.variables);
}

// Graphics processors round otherwise in batches of other sizes.
describe.runIf(asked.backend === 'wasm')('features in the private files of a page', () => {
  test('give the same bits as none, in a folder that later trainings find', async () => {
    const expected = await trained({ cache: false });
    const cacheOptions = { folder: 'features' };
    const first = new CountedDataset({ identity: 'data' });
    expect(await trained({ cache: 'disk', cacheOptions }, first)).toEqual(expected);
    expect(first.gathered).toBe(11);
    expect(await files()).toContainEqual(expect.stringMatching(/^mapache-features\/features\/.+\/0\.features$/));
    const again = new CountedDataset({ identity: 'data' });
    expect(await trained({ cache: 'disk', cacheOptions }, again)).toEqual(expected);
    // Those of the first two batches, which are under way before it is known how samples look.
    expect(again.gathered).toBe(8);
  });

  test('take what does not fit into memory', async () => {
    const expected = await trained({ cache: false });
    expect(await trained({ cache: 'auto', cacheOptions: { maxBytes: 120 } })).toEqual(expected);
    expect(await files()).toContainEqual(expect.stringMatching(/^mapache-features\/temporary\//));
  });
});

describe('a training in a page', () => {
  test('goes on where it was interrupted, to the same numbers', async () => {
    const killed = new Error('closed');
    const killer: Callback = {
      onTrainBatchEnd(batch) {
        if (batch === 1) throw killed;
      },
    };
    const options = { ...quiet, cache: false } as const;
    const undisturbed = network();
    await undisturbed.fit(new CountedDataset(), options);

    const backup = (): Callback => new BackupAndRestore('trainings/backup', { saveFreq: 1 });
    await expect(network().fit(new CountedDataset(), { ...options, callbacks: [backup(), killer] })).rejects.toBe(
      killed,
    );
    expect(await files()).toContainEqual(expect.stringMatching(/^trainings\/backup/));
    const resumed = network(99);
    await resumed.fit(new CountedDataset(), { ...options, callbacks: [backup()] });
    expect(await numbersOf(resumed.variables)).toEqual(await numbersOf(undisturbed.variables));
    expect(await files()).not.toContainEqual(expect.stringMatching(/^trainings\/backup/));
  });

  test('keeps its best model, which opens again', async () => {
    const net = network();
    const checkpoint = new ModelCheckpoint('trainings/best.keras', { monitor: 'loss' });
    await net.fit(new CountedDataset(), { ...quiet, callbacks: [checkpoint] });
    const root = await navigator.storage.getDirectory();
    const handle = await (await root.getDirectoryHandle('trainings')).getFileHandle('best.keras');
    const again = await loadModel(await handle.getFile());
    expect(await numbersOf(again.weights)).toEqual(await numbersOf(net.weights));
    expect(again.layers.map(({ name }) => name)).toEqual(net.layers.map(({ name }) => name));
  });
});
