import fc from 'fast-check';
import { ModelFormatError } from 'mapache/io';
import { describe, expect, it } from 'vitest';
import { damage, damaged } from '../../support/damage.js';
import {
  compressionBomb,
  groupInItself,
  hugeShape,
  overlappingHeaders,
  readEverything,
  repeatedText,
  sampleFiles,
} from '../../support/hdf5-files.js';

const samples = await sampleFiles();

describe('an HDF5 file', () => {
  it('is read as it is', async () => {
    expect(await Promise.all(samples.map(readEverything))).toEqual([2, 4, 12, 2]);
  });

  it('is read or refused with our error, whatever is damaged in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...samples), damage, async (file, what) => {
        const error = await readEverything(damaged(file, what)).then(
          () => null,
          (reason: unknown) => reason,
        );
        if (error !== null) expect(error).toBeInstanceOf(ModelFormatError);
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    ['thousands of texts that are the same long one', repeatedText, 'contents that fit in the file'],
    ['a chunk that unpacks to much more than it should', compressionBomb, 'at most 244 bytes once it is unpacked'],
    ['headers that go on in thousands of places', overlappingHeaders, 'contents that end soon'],
    ['a group that is in itself', groupInItself, 'groups that'],
    ['an array that is larger than any file', hugeShape, 'arrays of at most'],
  ])('is refused before it costs much if it has %s', async (_, make, message) => {
    await expect(readEverything(await make())).rejects.toThrow(message);
  });
});
