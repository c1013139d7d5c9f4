import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { addHead, freeze, setRandomSeed } from 'mapache';
import { BackupAndRestore, type Callback, type FitOptions } from 'mapache/training';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { convolutionalBase } from '../../../support/convolutional-base.js';
import { CountedDataset } from '../../../support/counted-dataset.js';
import { hashOf } from '../../../support/resumable-training.js';
import { temporaryFolder } from '../../../support/sandbox.js';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const killed = new Error('killed');

/** Three epochs of three batches on a frozen base. @returns all numbers, the history, and how many samples were asked for */
async function trained(options: FitOptions) {
  setRandomSeed(3);
  const base = convolutionalBase();
  freeze(base);
  const net = addHead(base, { classes: 3, dropout: 0.3 });
  net.compile({ optimizer: 'adam', metrics: ['accuracy'] });
  const data = new CountedDataset({ identity: 'eleven pictures' });
  const validationData = new CountedDataset({ size: 5, content: 2, identity: 'five pictures' });
  const { history } = await net.fit(data, { epochs: 3, batchSize: 4, verbose: 0, seed: 1, ...options, validationData });
  return { hash: await hashOf([...net.variables, ...net.optimizer.variables]), history, gathered: data.gathered };
}

/** Ends a training by an error after so many batches. */
function killer(batches: number): Callback {
  let left = batches;
  return {
    onTrainBatchEnd() {
      if (--left === 0) throw killed;
    },
  };
}

describe('a training with features that was interrupted', () => {
  let undisturbed: Awaited<ReturnType<typeof trained>>;
  beforeAll(async () => {
    undisturbed = await trained({ cache: false });
  });

  const kept = join(folder, 'features');
  const places: readonly (readonly [string, FitOptions])[] = [
    ['in memory', { cache: 'memory' }],
    ['on disk', { cache: 'disk' }],
    ['in a folder', { cache: 'disk', cacheOptions: { folder: kept } }],
  ];
  // While features are being computed, and when all are there.
  const moments = [2, 7];
  test.each(places.flatMap(([place, cache]) => moments.map((after) => [place, after, cache] as const)))(
    'that are kept %s, after %d batches, comes to the same bits',
    async (place, after, cache) => {
      const backup = join(folder, `${place} ${after}`);
      const keeping = (): Callback => new BackupAndRestore(backup, { saveFreq: 1 });
      await expect(trained({ ...cache, callbacks: [keeping(), killer(after + 1)] })).rejects.toBe(killed);
      expect(readdirSync(backup)).not.toEqual([]);
      const resumed = await trained({ ...cache, callbacks: [keeping()] });
      expect(resumed.hash).toBe(undisturbed.hash);
      expect(resumed.history).toEqual(undisturbed.history);
    },
  );

  test('finds what it had kept in a folder', async () => {
    const backup = join(folder, 'found');
    const keeping = (): Callback => new BackupAndRestore(backup);
    const cacheOptions = { folder: join(folder, 'other') };
    const cache = { cache: 'disk', cacheOptions } as const;
    await expect(trained({ ...cache, callbacks: [keeping(), killer(5)] })).rejects.toBe(killed);
    const resumed = await trained({ ...cache, callbacks: [keeping()] });
    // How samples look is known when the first batch has been computed; the second one is under way by then.
    expect(resumed.gathered).toBe(8);
    expect(resumed.hash).toBe(undisturbed.hash);
  });
});
