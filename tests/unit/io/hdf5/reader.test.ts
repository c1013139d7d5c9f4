import { readFileSync } from 'node:fs';
import { File, FS, ready } from 'h5wasm';
import { Dataset, Group, File as JsfiveFile } from 'jsfive';
import { describe, expect, it, test } from 'vitest';
import { decodeDataset } from '../../../../src/io/hdf5/decodeDataset.js';
import { Hdf5Group, openHdf5 } from '../../../../src/io/hdf5/hdf5File.js';
import { dataPath, describeWithData } from '../../../support/shared-data.js';

await ready;

let count = 0;

/** A file that the HDF5 library itself wrote. */
function written(fill: (file: File) => void): Hdf5Group {
  const name = `test${count++}.h5`;
  const file = new File(name, 'w');
  fill(file);
  file.close();
  if (FS === null) throw new Error('h5wasm is not ready');
  return openHdf5(name, FS.readFile(name));
}

const fail = (...parts: readonly string[]): Error => new Error(parts.join(', '));

async function numbers(group: Hdf5Group, name: string): Promise<readonly number[]> {
  const dataset = group.dataset(name);
  if (dataset === undefined) throw new Error(`no dataset '${name}'`);
  return [...(await decodeDataset(dataset, fail).data())];
}

const values = Array.from({ length: 600 }, (_, i) => Math.round(1000 * Math.sin(i)) / 8);

describe('files that the HDF5 library wrote', () => {
  it.each(['<f', '<d'])('give numbers of dtype %s', async (dtype) => {
    const group = written((file) => {
      file.create_dataset({ name: 'x', data: new Float64Array([1, -2, 0.5, 1024]), dtype, shape: [2, 2] });
    });
    expect(group.dataset('x')?.shape).toEqual([2, 2]);
    expect(await numbers(group, 'x')).toEqual([1, -2, 0.5, 1024]);
  });

  it.each(['<b', '<h', '<i', '<q', '<B', '<H', '<I'])('give integers of dtype %s', async (dtype) => {
    const group = written((file) => {
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
    const group = written((file) => {
      file.create_dataset({ name: 'x', data: new Float32Array(values), shape, chunks, compression: 6 });
    });
    expect(await numbers(group, 'x')).toEqual(values);
  });

  it('give texts of attributes, and members of groups', () => {
    const group = written((file) => {
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

  it('are refused by name where they use what models do not', () => {
    expect(() => written((file) => file.create_external_link('/etc/passwd', 'x', 'link'))).toThrow('another file');
    expect(() => written((file) => file.create_soft_link('/x', 'link'))).toThrow('another name');
  });
});

const savefiles = ['attention', 'deep_dense', 'func_cnn', 'masked_lstm', 'seq_mlp', 'transfer_frozen'];
const files = [
  ...savefiles.flatMap((name) => [`${name}.h5`, `${name}.weights.h5`].map((file) => ['goldens', 'savefiles', file])),
  ['models', 'squeezenet_v1.1_notop', 'squeezenet_weights_tf_dim_ordering_tf_kernels_notop.h5'],
  ['models', 'teachablemachine_mobilenetv2_0.35_h5', 'keras_model.h5'],
  ['keras_home', 'models', 'mobilenet_2_5_224_tf_no_top.h5'],
];

describeWithData('files that h5py wrote hold what jsfive, which others wrote, finds in them', () => {
  test.each(files.map((path) => [path.at(-1) as string, path] as const))('%s', async (_, path) => {
    const bytes = new Uint8Array(readFileSync(dataPath(...path)));
    expect(await compare(openHdf5('ours', bytes), new JsfiveFile(bytes.buffer, 'theirs'))).toBeGreaterThan(0);
  });
});

/** Compares everything inside two groups. @returns how many arrays there are. */
async function compare(ours: Hdf5Group, theirs: Group): Promise<number> {
  expect([...ours.names].sort()).toEqual([...theirs.keys].sort());
  for (const [name, value] of Object.entries(theirs.attrs)) {
    const texts = (Array.isArray(value) ? value : [value]).map((text) => String(text).replace(/\0+$/, ''));
    expect(ours.texts(name)).toEqual(texts);
  }
  let count = 0;
  for (const name of ours.names) {
    const member = theirs.get(name);
    const mine = ours.get(name);
    if (member instanceof Group && mine instanceof Hdf5Group) count += await compare(mine, member);
    if (!(member instanceof Dataset) || mine instanceof Hdf5Group || mine === undefined) continue;
    expect(mine.shape).toEqual(member.shape);
    expect(await numbers(ours, name)).toEqual([...member.value]);
    count++;
  }
  return count;
}
