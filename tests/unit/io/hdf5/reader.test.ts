import { readFileSync } from 'node:fs';
import { Dataset, File, FS, Group } from 'h5wasm';
import { ModelFormatError } from 'mapache/io';
import type { Tensor } from 'mapache/tensor';
import { describe, expect, it, test } from 'vitest';
import { Hdf5Group } from '../../../../src/io/hdf5/hdf5Group.js';
import { openHdf5 } from '../../../../src/io/hdf5/openHdf5.js';
import { writeHdf5 } from '../../../../src/io/hdf5/writeHdf5.js';
import { h5pyFile } from '../../../support/h5py-file.js';
import { libraryFile } from '../../../support/hdf5-files.js';
import { dataPath, describeWithData } from '../../../support/shared-data.js';

/** A file that the HDF5 library itself wrote. */
async function written(fill: (file: File) => void): Promise<Hdf5Group> {
  return openHdf5('test.h5', await libraryFile(fill));
}

async function numbers(group: Hdf5Group, name: string): Promise<readonly number[]> {
  const dataset = group.dataset(name);
  if (dataset === undefined) throw new Error(`no dataset '${name}'`);
  return [...(await (await dataset.read()).data())];
}

const values = Array.from({ length: 600 }, (_, i) => Math.round(1000 * Math.sin(i)) / 8);

describe('files that the HDF5 library wrote', () => {
  it.each(['<f', '<d'])('give numbers of dtype %s', async (dtype) => {
    const group = await written((file) => {
      file.create_dataset({ name: 'x', data: new Float64Array([1, -2, 0.5, 1024]), dtype, shape: [2, 2] });
    });
    expect(group.dataset('x')?.shape).toEqual([2, 2]);
    expect(await numbers(group, 'x')).toEqual([1, -2, 0.5, 1024]);
  });

  it.each(['<b', '<h', '<i', '<q', '<B', '<H', '<I'])('give integers of dtype %s', async (dtype) => {
    const group = await written((file) => {
      file.create_dataset({ name: 'x', data: [1, 2, 100], dtype });
    });
    expect(await numbers(group, 'x')).toEqual([1, 2, 100]);
  });

  it.each([
    [
      [20, 30],
      [7, 8],
    ],
    [[600], [100]],
    [[600], [601 - 1]],
    [
      [5, 4, 30],
      [5, 1, 7],
    ],
  ])('give arrays of shape %j in compressed chunks of %j', async (shape, chunks) => {
    const group = await written((file) => {
      file.create_dataset({ name: 'x', data: new Float32Array(values), shape, chunks, compression: 6 });
    });
    expect(await numbers(group, 'x')).toEqual(values);
  });

  it('give texts of attributes, and members of groups', async () => {
    const group = await written((file) => {
      file.create_attribute('names', ['a', 'bc', 'déf']);
      file.create_attribute('fixed', 'abc', null, 'S5');
      file
        .create_group('layers')
        .create_group('dense')
        .create_dataset({ name: '0', data: new Float32Array([1]) });
    });
    expect(group.texts('names')).toEqual(['a', 'bc', 'déf']);
    expect(group.texts('fixed')).toEqual(['abc']);
    expect(group.texts('nothing')).toBeNull();
    expect(group.dataset('layers/dense/0')?.shape).toEqual([1]);
    expect(group.get('layers/other/0')).toBeUndefined();
  });

  it('are refused where they lead elsewhere', async () => {
    const external = written((file) => file.create_external_link('/etc/passwd', 'x', 'link'));
    await expect(external).rejects.toThrow(ModelFormatError);
    await expect(written((file) => file.create_soft_link('/x', 'link'))).rejects.toThrow('another name');
  });
});

describe('a file that h5py wrote', async () => {
  const group = await openHdf5('h5py.h5', h5pyFile());

  it.each([
    ['half', 'float32', [1, -2, 0.5, 65504]],
    ['brain', 'float32', [1, -2, 0.5, 1024]],
    ['big', 'float32', [1, -2, 0.5, 1024]],
    ['truth', 'int32', [1, 0]],
    ['packed', 'float32', Array.from({ length: 60 }, (_, i) => i)],
    ['unwritten', 'float32', [0.5, 0.5, 0.5]],
    ['compact', 'float32', [1, 2, 3]],
    // All bits of what a random generator remembers.
    ['state', 'int32', [-1]],
  ] as const)('gives the numbers of %s', async (name, dtype, expected) => {
    expect(group.dataset(name)?.elements.dtype).toBe(dtype);
    expect(await numbers(group, name)).toEqual(expected);
  });

  it('gives no numbers where there are none, or too large ones', async () => {
    await expect(numbers(group, 'long')).rejects.toThrow('integers of 32 bits');
    await expect(numbers(group, 'texts')).rejects.toThrow("elements of kind 'S3'");
  });

  it('gives the texts of attributes', () => {
    expect(group.texts('fixed')).toEqual(['a', 'bc']);
    expect(group.texts('nothing')).toEqual([]);
    expect(group.texts('number')).toBeNull();
    expect(group.hasAttribute('number')).toBe(true);
  });
});

it('reads an array of millions of numbers', async () => {
  const values = Uint8Array.from({ length: 1025 * 4096 }, (_, i) => i % 251);
  const bytes = await writeHdf5({ members: { 'a/b': { shape: [1025, 4096], dtype: 'uint8', values } } });
  const tensor = await (await openHdf5('large.h5', bytes)).dataset('a/b')?.read();
  expect(tensor?.shape).toEqual([1025, 4096]);
  expect(Buffer.compare(Buffer.from(await (tensor as Tensor).data()), Buffer.from(values))).toBe(0);
});

const savefiles = ['attention', 'deep_dense', 'func_cnn', 'masked_lstm', 'seq_mlp', 'transfer_frozen'];
const files = [
  ...savefiles.flatMap((name) => [`${name}.h5`, `${name}.weights.h5`].map((file) => ['goldens', 'savefiles', file])),
  ['models', 'squeezenet_v1.1_notop', 'squeezenet_weights_tf_dim_ordering_tf_kernels_notop.h5'],
  ['models', 'teachablemachine_mobilenetv2_0.35_h5', 'keras_model.h5'],
  ['keras_home', 'models', 'mobilenet_2_5_224_tf_no_top.h5'],
];

describeWithData('files that h5py wrote hold what the HDF5 library finds in them', () => {
  test.each(files.map((path) => [path.at(-1) as string, path] as const))('%s', async (name, path) => {
    const bytes = new Uint8Array(readFileSync(dataPath(...path)));
    FS?.writeFile(name, bytes);
    const theirs = new File(name, 'r');
    expect(await compare(await openHdf5('ours', bytes), theirs)).toBeGreaterThan(0);
    theirs.close();
  });
});

/** Compares everything inside two groups. @returns how many arrays there are. */
async function compare(ours: Hdf5Group, theirs: Group): Promise<number> {
  expect([...ours.names].sort()).toEqual([...theirs.keys()].sort());
  for (const name of Object.keys(theirs.attrs)) {
    const value = theirs.get_attribute(name, true);
    expect(ours.texts(name)).toEqual(Array.isArray(value) ? value : [value]);
  }
  let count = 0;
  for (const name of ours.names) {
    const member = theirs.get(name);
    const mine = ours.get(name);
    if (member instanceof Group && mine instanceof Hdf5Group) count += await compare(mine, member);
    if (!(member instanceof Dataset) || mine instanceof Hdf5Group || mine === undefined) continue;
    expect(mine.shape).toEqual(member.shape);
    const found = [member.json_value].flat();
    const read = await numbers(ours, name);
    expect(read).toHaveLength(found.length);
    expect(read.findIndex((value, i) => value !== found[i])).toBe(-1);
    count++;
  }
  return count;
}
