import { Dataset, File as JsfiveFile } from 'jsfive';
import { ArgumentError } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { writeHdf5 } from '../../../../src/io/hdf5/writeHdf5.js';

const values = new Float32Array([1, -2, 0.5, 1024, 3, 4]);

async function reopened(tree: Parameters<typeof writeHdf5>[0]): Promise<JsfiveFile> {
  return new JsfiveFile((await writeHdf5(tree)).buffer, 'written');
}

function dataset(file: JsfiveFile, path: string): Dataset {
  const found = file.get(path);
  if (found instanceof Dataset) return found;
  throw new Error(`no dataset at '${path}'`);
}

describe('a file that was written', () => {
  it('holds groups, arrays and attributes for another reader', async () => {
    const array = { shape: [2, 3], dtype: 'float32', values, attributes: { unit: 'm' } } as const;
    const file = await reopened({
      attributes: { keras_version: '3.15.1', names: ['a', 'bcé'], none: [], empty: '' },
      members: { layers: { members: { dense: { attributes: { name: 'x' }, members: { '0': array } } } } },
    });
    expect(file.attrs).toEqual({ keras_version: '3.15.1', names: ['a', 'bcé'], none: [], empty: '' });
    expect(file.get('layers/dense')).toMatchObject({ keys: ['0'], attrs: { name: 'x' } });
    expect(dataset(file, 'layers/dense/0')).toMatchObject({ shape: [2, 3], dtype: '<f4', attrs: { unit: 'm' } });
    expect([...dataset(file, 'layers/dense/0').value]).toEqual([...values]);
  });

  it.each([
    ['float32', '<f4'],
    ['float64', '<f8'],
    ['int32', '<i4'],
    ['int64', '<i8'],
    ['uint8', '<u1'],
    ['uint32', '<u4'],
  ] as const)('stores numbers as %s', async (dtype, stored) => {
    const file = await reopened({ members: { x: { shape: [], dtype, values: new Int32Array([200]) } } });
    expect(dataset(file, 'x')).toMatchObject({ shape: [], dtype: stored });
    expect([...dataset(file, 'x').value]).toEqual([200]);
  });

  it('keeps all bits of the state of a random generator', async () => {
    const file = await reopened({ members: { x: { shape: [1], dtype: 'uint32', values: new Int32Array([-2]) } } });
    expect([...dataset(file, 'x').value]).toEqual([2 ** 32 - 2]);
  });

  it('makes the groups on the way to a member', async () => {
    const member = { shape: [6], dtype: 'float32', values } as const;
    const file = await reopened({ members: { 'a/b/c': member, 'a/b/d': member, a: { members: { e: member } } } });
    expect(file.get('a')).toMatchObject({ keys: ['b', 'e'] });
    expect(file.get('a/b')).toMatchObject({ keys: ['c', 'd'] });
  });

  it('holds hundreds of members, and texts of any length', async () => {
    const names = Array.from({ length: 300 }, (_, i) => `layer_${i}`);
    const members = Object.fromEntries(
      names.map((name, i) => [name, { shape: [1], dtype: 'int32', values: Int32Array.of(i) } as const]),
    );
    const file = await reopened({ attributes: { layer_names: names, config: 'x'.repeat(200_000) }, members });
    expect(file.attrs).toEqual({ layer_names: names, config: 'x'.repeat(200_000) });
    for (const [i, name] of names.entries()) expect([...dataset(file, name).value]).toEqual([i]);
  });
});

describe('what HDF5 cannot hold', () => {
  const x = { shape: [6], dtype: 'float32', values } as const;

  it.each([
    ['two members of one name', { members: { 'a/x': x, a: { members: { x } } } }],
    ['an array inside an array', { members: { x, 'x/y': x } }],
    ['values that do not fill their shape', { members: { x: { ...x, shape: [7] } } }],
    ['a member without a name', { members: { '': x } }],
    ['a list that is too long', { members: {}, attributes: { x: Array.from({ length: 5000 }, () => 'x') } }],
  ])('is refused: %s', async (_, tree) => {
    await expect(writeHdf5(tree)).rejects.toThrow(ArgumentError);
    // And the next file is not affected.
    expect((await reopened({ members: { x } })).keys).toEqual(['x']);
  });

  it('leaves the process as it was', async () => {
    const events = (): unknown => process.eventNames().map((name) => [name, process.listenerCount(name)]);
    const before = events();
    await writeHdf5({ members: { x } });
    expect(events()).toEqual(before);
    expect(process.exitCode).toBeUndefined();
  });
});
