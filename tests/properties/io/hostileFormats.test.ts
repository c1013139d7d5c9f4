import fc from 'fast-check';
import { describe, it } from 'vitest';
import { expectOrderly, soundFiles, tampered } from '../../support/hostile-files.js';

const files = await soundFiles();

// A few of many; the slow suite tries 20,000.
describe.each([...files.keys()])('a tampered %s file', (format) => {
  it('is refused in an orderly way, or loads', async () => {
    const { bytes, read } = files.get(format) as NonNullable<ReturnType<typeof files.get>>;
    await fc.assert(
      fc.asyncProperty(tampered(bytes), (changed) => expectOrderly(bytes.length, () => read(changed))),
      { numRuns: 150 },
    );
  });
});
