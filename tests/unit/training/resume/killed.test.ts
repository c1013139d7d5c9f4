import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killedAndResumed, prepareProgram, undisturbed } from '../../../support/killed-training.js';
import { temporaryFolder } from '../../../support/sandbox.js';

const folder = temporaryFolder();
beforeAll(() => prepareProgram(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a program that is killed twice comes to the bits of one that was not, with another number of threads', async () => {
  const expected = await undisturbed(folder, 'whole', 1);
  const moments = [
    { batches: 5, delay: 0 },
    { batches: 4, delay: 10 },
  ];
  expect(await killedAndResumed(folder, 'killed', moments)).toBe(expected);
});
