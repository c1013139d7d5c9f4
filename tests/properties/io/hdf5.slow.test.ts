import fc from 'fast-check';
import { ModelFormatError } from 'mapache/io';
import { expect, it } from 'vitest';
import { damage, damaged } from '../../support/damage.js';
import { h5pyFile } from '../../support/h5py-file.js';
import { readEverything, sampleFiles } from '../../support/hdf5-files.js';
import { allowance, peakOf } from '../../support/peak-memory.js';

const sound = await sampleFiles();
// Of the last one, an array holds integers that are too large.
const samples = [...sound, h5pyFile()];

it('reads an HDF5 file or refuses it with our error, whatever is damaged in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...samples), damage, async (file, what) => {
      const bytes = damaged(file, what);
      let error: unknown = null;
      const peak = await peakOf(async () => {
        error = await readEverything(bytes).then(
          () => null,
          (reason: unknown) => reason,
        );
      });
      if (error !== null) expect(error).toBeInstanceOf(ModelFormatError);
      expect(peak).toBeLessThan(allowance(file.length));
    }),
    { numRuns: 6000 },
  );
  // What was refused has left nothing behind: sound files are read as before.
  expect(await Promise.all(sound.map(readEverything))).toEqual([2, 4, 12, 2]);
});
