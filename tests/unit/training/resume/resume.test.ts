import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BackupAndRestore, type Callback, EarlyStopping, ResumeMismatchError } from 'mapache/training';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type ResumableOptions, resumableData, trainResumable } from '../../../support/resumable-training.js';
import { temporaryFolder } from '../../../support/sandbox.js';

const enough = new Error('killed');

/** Ends a training by an error at its `step`th batch, counted from 0 over all epochs. */
function killer(step: number): Callback {
  let seen = 0;
  return {
    wantsBatchLogs: false,
    onTrainBatchEnd() {
      if (seen++ === step) throw enough;
    },
  };
}

let folder: string;
let backup: string;
beforeEach(() => {
  folder = temporaryFolder();
  backup = join(folder, 'backup');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another seed: what a program that sets none would have when it is started again. */
const again: ResumableOptions = { programSeed: 99 };
const first: ResumableOptions = { programSeed: 7 };

async function interrupted(step: number, saveFreq: 'epoch' | number, options = first): Promise<void> {
  const training = trainResumable(options, [new BackupAndRestore(backup, { saveFreq }), killer(step)]);
  await expect(training).rejects.toBe(enough);
}

describe('a training that was interrupted', () => {
  let undisturbed: Awaited<ReturnType<typeof trainResumable>>;
  beforeAll(async () => {
    undisturbed = await trainResumable(first, []);
  });

  // Six batches an epoch: in the middle of the first epoch, before the validation of one, in the last one, and when only
  // whole epochs are kept.
  test.each([
    [3, 1],
    [6, 1],
    [20, 3],
    [23, 'epoch'],
  ] as const)('at step %d, with backups after %s, comes to the same bits', async (step, saveFreq) => {
    await interrupted(step, saveFreq);
    const resumed = await trainResumable(again, [new BackupAndRestore(backup, { saveFreq })]);
    expect(resumed.hash).toBe(undisturbed.hash);
    expect(resumed.history.history).toEqual(undisturbed.history.history);
    expect(resumed.history.epochs).toEqual(undisturbed.history.epochs);
    expect(existsSync(backup)).toBe(false);
  });

  test.each(['an epoch', 'a validation'])(
    'by its signal in the middle of %s is kept where it stands',
    async (place) => {
      const controller = new AbortController();
      const data = resumableData();
      let batches = 0;
      const validationData = {
        size: null,
        async *batches() {
          yield data;
          if (place === 'a validation' && batches === 12) controller.abort();
          yield data;
        },
      };
      const callback: Callback = {
        onTrainBatchEnd: () => void (++batches === 9 && place === 'an epoch' && controller.abort()),
      };
      const fit = { signal: controller.signal, validationData };
      const stopped = await trainResumable({ ...first, fit }, [new BackupAndRestore(backup), callback]);
      expect(stopped.history.epochs).toEqual([0]);
      expect(batches).toBe(place === 'an epoch' ? 9 : 12);
      expect(readdirSync(backup)).not.toEqual([]);
      const resumed = await trainResumable({ ...again, fit: { validationData } }, [new BackupAndRestore(backup)]);
      expect(resumed.hash).toBe(undisturbed.hash);
      expect(batches).toBe(place === 'an epoch' ? 9 : 12);
    },
  );

  test('goes on from the backup before if the newest one is torn, and says so if both are', async () => {
    await interrupted(10, 2);
    const [one, two] = readdirSync(backup).map((name) => join(backup, name)) as [string, string];
    const bytes = readFileSync(one);
    writeFileSync(one, bytes.subarray(0, bytes.length - 1));
    const resumed = await trainResumable(again, [new BackupAndRestore(backup, { deleteCheckpoint: false })]);
    expect(resumed.hash).toBe(undisturbed.hash);
    for (const path of [one, two]) {
      const whole = readFileSync(path);
      // A single bit of a number.
      whole[whole.length - 1] = (whole[whole.length - 1] as number) ^ 1;
      writeFileSync(path, whole);
    }
    await expect(trainResumable(again, [new BackupAndRestore(backup)])).rejects.toThrow(/changed or lost.*Remove it/);
  });

  test('is not taken for another one: the error says what differs, and nothing changes', async () => {
    await interrupted(10, 2);
    const others: readonly [RegExp, ResumableOptions][] = [
      [/same variables/, { ...again, units: 6 }],
      [/same training data/, { ...again, data: 2 }],
      [/same batchSize: 5/, { ...again, fit: { batchSize: 5 } }],
      [/same seed/, { ...again, fit: { seed: 3 } }],
    ];
    for (const [message, options] of others) {
      const training = trainResumable(options, [new BackupAndRestore(backup)]);
      await expect(training).rejects.toThrow(message);
      await expect(training).rejects.toBeInstanceOf(ResumeMismatchError);
    }
    const more = [new EarlyStopping({ monitor: 'loss' }), new BackupAndRestore(backup)];
    await expect(trainResumable(again, more)).rejects.toThrow(/same callbacks/);
    // Number of epochs may grow, and what remembers nothing may come along.
    const longer = await trainResumable({ ...again, fit: { epochs: 5 } }, [new BackupAndRestore(backup), {}]);
    const straight = await trainResumable({ ...first, fit: { epochs: 5 } }, []);
    expect(longer.hash).toBe(straight.hash);
  });

  test('that is complete gives the same again while its backup is kept', async () => {
    const kept = (): BackupAndRestore => new BackupAndRestore(backup, { deleteCheckpoint: false, saveFreq: 5 });
    expect((await trainResumable(first, [kept()])).hash).toBe(undisturbed.hash);
    let batches = 0;
    const resumed = await trainResumable(again, [kept(), { onTrainBatchBegin: () => void batches++ }]);
    expect(batches).toBe(0);
    expect(resumed.hash).toBe(undisturbed.hash);
    expect(resumed.history.history).toEqual(undisturbed.history.history);
  });
});
