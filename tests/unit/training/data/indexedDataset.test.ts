import { permutation, tensor } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { ArrayDataset } from '../../../../src/training/data/arrayDataset.js';
import { isIndexed, orderOf } from '../../../../src/training/data/indexedDataset.js';
import type { Batch } from '../../../../src/training/index.js';

const seed = { seed: 3, stream: 5 };

describe('samples that can be asked for by position', () => {
  it('come from an array, also from a part of one', async () => {
    const part = (await letters()).slice(2, 6);
    expect(isIndexed(part)).toBe(true);
    expect(await numbers(await part.gather(Int32Array.of(3, 0)))).toEqual([5, 2]);
  });

  it.each([true, false])('are gone through in the order that orderOf gives, shuffled: %s', async (shuffle) => {
    const data = await letters();
    for (const epoch of [0, 1]) {
      const options = { batchSize: 3, shuffle, seed, epoch };
      const seen: number[] = [];
      for await (const batch of data.batches(options)) seen.push(...(await numbers(batch)));
      expect(seen).toEqual([...orderOf(8, options)]);
      expect(seen).toEqual([...(shuffle ? permutation(8, 3, 5, epoch) : Int32Array.from({ length: 8 }, (_, i) => i))]);
    }
  });
});

function letters(): Promise<ArrayDataset> {
  return ArrayDataset.from('test', { x: tensor([0, 1, 2, 3, 4, 5, 6, 7]) });
}

async function numbers({ x }: Batch): Promise<number[]> {
  return [...(await (Array.isArray(x) ? x[0] : x).data())];
}
