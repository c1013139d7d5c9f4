import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { killedAndResumed, prepareProgram, undisturbed } from '../../../support/killed-training.js';
import { temporaryFolder } from '../../../support/sandbox.js';

const folder = temporaryFolder();
beforeAll(() => prepareProgram(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a program that is killed at ten random moments comes to the bits of one that was not', async () => {
  const expected = await undisturbed(folder, 'whole', 2);
  expect(await undisturbed(folder, 'other', 1)).toBe(expected);
  // Few batches, because a resumed training begins where the last one was killed.
  const moment = fc.record({ batches: fc.integer({ min: 0, max: 3 }), delay: fc.integer({ min: 0, max: 40 }) });
  const moments = fc.array(moment, { minLength: 10, maxLength: 10 });
  let round = 0;
  await fc.assert(
    fc.asyncProperty(moments, async (times) => {
      expect(await killedAndResumed(folder, `round-${round++}`, times), JSON.stringify(times)).toBe(expected);
    }),
    { numRuns: 3 },
  );
});
