import { ModelFormatError } from 'mapache/io';
import { expect, it } from 'vitest';
import { writeHdf5 } from '../../../src/io/hdf5/writeHdf5.js';
import { smallModel, weightsOf } from '../../support/saved-models.js';

// As Keras 3 writes them with max_shard_size: the weights of one layer may be in several files.
const kernel = { shape: [3, 2], dtype: 'float32', values: Float32Array.of(1, 2, 3, 4, 5, 6) } as const;
const bias = { shape: [2], dtype: 'float32', values: Float32Array.of(7, 8) } as const;
const shards = {
  'm_00000.weights.h5': await writeHdf5({ members: { 'layers/dense/vars/0': kernel } }),
  'm_00001.weights.h5': await writeHdf5({ members: { 'layers/dense/vars/1': bias } }),
};
const map = (paths: unknown) => ({ metadata: { total_size: 32 }, weight_map: { '/layers/dense/vars': paths } });
const paths = Object.keys(shards);

it('weights in several files are read together', async () => {
  const net = smallModel();
  await net.loadWeights({ ...shards, 'm.weights.json': JSON.stringify(map(paths)) });
  expect(await weightsOf(net)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

it.each([
  ['a file that is missing', ['m_00002.weights.h5']],
  ['a file elsewhere', ['../m_00000.weights.h5']],
  ['no file', []],
  ['what is no name', [7]],
])('a list with %s is refused, and nothing is assigned', async (_, named) => {
  const net = smallModel();
  const before = await weightsOf(net);
  const reading = net.loadWeights({ ...shards, 'm.weights.json': map(named) });
  await expect(reading).rejects.toThrow(ModelFormatError);
  expect(await weightsOf(net)).toEqual(before);
});
