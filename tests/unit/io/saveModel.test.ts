import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadModel } from 'mapache/io';
import { input, layers, model, sequential } from 'mapache/layers';
import { ArgumentError, setFloatx, zeros } from 'mapache/tensor';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/sandbox.js';
import { smallModel, weightsOf } from '../../support/saved-models.js';

let folder = '';
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const json = (bytes: Uint8Array | undefined) => JSON.parse(new TextDecoder().decode(bytes));

describe('saving in memory', () => {
  it('gives model.json and shards of the wanted size, with their sizes', async () => {
    const { files, sizes } = await smallModel().save('memory', { shardSize: 12 });
    expect(Object.keys(files)).toEqual([
      'model.json',
      'group1-shard1of3.bin',
      'group1-shard2of3.bin',
      'group1-shard3of3.bin',
    ]);
    expect(Object.values(files).map(({ length }) => length)).toEqual(Object.values(sizes));
    expect(Object.values(sizes).slice(1)).toEqual([12, 12, 8]);
  });

  it('writes the numbers little-endian, one weight after the other', async () => {
    const net = smallModel();
    const { files } = await net.save('memory');
    const bytes = files['group1-shard1of1.bin'] as Uint8Array;
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    const numbers = Array.from({ length: 8 }, (_, i) => view.getFloat32(4 * i, true));
    expect(numbers).toEqual(await weightsOf(net));
    expect(json(files['model.json']).weightsManifest).toEqual([
      {
        paths: ['group1-shard1of1.bin'],
        weights: [
          { name: 'd/kernel', shape: [3, 2], dtype: 'float32' },
          { name: 'd/bias', shape: [2], dtype: 'float32' },
        ],
      },
    ]);
  });

  it('describes models as Keras 2 and its ports do', async () => {
    const start = input({ shape: [3], name: 'x' });
    const base = smallModel('base');
    base.trainable = false;
    const net = model({ inputs: start, outputs: base.apply(start, { training: false }), name: 'net' });
    const { modelTopology } = json((await net.save('memory')).files['model.json']);
    expect(modelTopology.class_name).toBe('Functional');
    expect(modelTopology.config).toMatchObject({
      name: 'net',
      trainable: true,
      input_layers: [['x', 0, 0]],
      output_layers: [['base', 1, 0]],
      layers: [
        { name: 'x', class_name: 'InputLayer', config: { batch_input_shape: [null, 3] }, inbound_nodes: [] },
        { name: 'base', class_name: 'Sequential', inbound_nodes: [[['x', 0, 0, { training: false }]]] },
      ],
    });
    expect(modelTopology.config.layers[1].config).toMatchObject({
      trainable: false,
      layers: [
        { class_name: 'InputLayer', config: { name: 'base_input' } },
        { class_name: 'Dense', config: { use_bias: true } },
      ],
    });
  });

  it('calls the slope of a leaky ReLU what Keras 2 calls it', async () => {
    const net = sequential([layers.inputLayer({ shape: [3] }), layers.leakyRelu({ negativeSlope: 0.25, name: 'l' })]);
    const { files } = await net.save('memory');
    const { config } = json(files['model.json']).modelTopology.config.layers[1];
    expect(config).toMatchObject({ alpha: 0.25 });
    expect(config).not.toHaveProperty('negative_slope');
    expect((await loadModel(files)).getLayer('l').getConfig()).toMatchObject({ negativeSlope: 0.25 });
  });

  it.each(['hard_sigmoid', 'keras2_hard_sigmoid'])('keeps %s what it is', async (activation) => {
    const net = sequential([layers.inputLayer({ shape: [3] }), layers.activation({ activation, name: 'a' })]);
    const loaded = await loadModel((await net.save('memory')).files);
    expect(loaded.getLayer('a').getConfig()).toMatchObject({ activation });
  });

  it('keeps the dtype of an input of a sequential model', async () => {
    const net = sequential([layers.inputLayer({ shape: [3], dtype: 'uint8' }), layers.rescaling({ scale: 2 })]);
    const loaded = await loadModel((await net.save('memory')).files);
    expect(loaded.inputs.map(({ dtype }) => dtype)).toEqual(['uint8']);
  });

  it('takes the weights as they are when it is called', async () => {
    const net = smallModel();
    const before = await weightsOf(net);
    const saving = net.save('memory');
    net.weights[0]?.assign(zeros([3, 2]));
    expect(await weightsOf(await loadModel((await saving).files))).toEqual(before);
  });

  it('keeps metadata', async () => {
    const net = smallModel();
    net.metadata = { classNames: ['raccoon', 'tanuki'], nested: { constructor_of: null } };
    expect((await loadModel((await net.save('memory')).files)).metadata).toEqual(net.metadata);
  });

  it('gives a handler all files at once', async () => {
    const seen: string[][] = [];
    const { files } = await smallModel().save({ save: (given) => void seen.push(Object.keys(given)) });
    expect(seen).toEqual([['model.json', 'group1-shard1of1.bin']]);
    expect(files).toEqual({});
  });
});

describe('saving into a folder', () => {
  it('makes the folder, and leaves nothing else in it', async () => {
    const path = join(folder, 'deep', 'model');
    const net = smallModel();
    const { sizes, files } = await net.save(path, { shardSize: 20 });
    expect(files).toEqual({});
    expect(Object.keys(sizes).sort()).toEqual(['group1-shard1of2.bin', 'group1-shard2of2.bin', 'model.json']);
    expect(readdirSync(path).sort()).toEqual(Object.keys(sizes).sort());
    expect(await weightsOf(await loadModel(path))).toEqual(await weightsOf(net));
  });

  it('replaces an older model and what it left, but nothing else', async () => {
    await smallModel().save(folder, { shardSize: 5 });
    writeFileSync(join(folder, 'notes.txt'), 'mine');
    writeFileSync(join(folder, 'group9-shard1of1.bin'), 'not of this model');
    for (const shardSize of [5, 9, 100, 5]) {
      const net = smallModel();
      const { sizes } = await net.save(folder, { shardSize });
      expect(readdirSync(folder).sort()).toEqual([...Object.keys(sizes), 'group9-shard1of1.bin', 'notes.txt'].sort());
      expect(await weightsOf(await loadModel(folder))).toEqual(await weightsOf(net));
    }
  });

  it('that fails half-way leaves the older model as it was', async () => {
    const old = smallModel();
    await old.save(folder);
    const before = readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))]);
    const net = smallModel();
    const broken = { host: () => Promise.reject(new Error('the device is lost')) };
    Object.defineProperty(net.weights[1], 'storage', { get: () => broken });
    await expect(net.save(folder, { shardSize: 5 })).rejects.toThrow('the device is lost');
    expect(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name))])).toEqual(before);
    expect(await weightsOf(await loadModel(folder))).toEqual(await weightsOf(old));
  });

  it('that fails at the last step leaves nothing behind', async () => {
    mkdirSync(join(folder, 'model.json'));
    await expect(smallModel().save(folder)).rejects.toThrow();
    expect(readdirSync(folder)).toEqual(['model.json']);
  });

  it('removes no file that a hostile model.json names', async () => {
    const path = join(folder, 'model');
    mkdirSync(path);
    writeFileSync(join(folder, 'group1-shard1of1.bin'), 'precious');
    const paths = ['../group1-shard1of1.bin', '/etc/hostname', 7];
    writeFileSync(join(path, 'model.json'), JSON.stringify({ weightsManifest: [{ paths }] }));
    await smallModel().save(path);
    expect(readFileSync(join(folder, 'group1-shard1of1.bin'), 'utf8')).toBe('precious');
    expect(readdirSync(path).sort()).toEqual(['group1-shard1of1.bin', 'model.json']);
  });
});

describe('saving is refused', () => {
  it.each([
    ['a destination that is none', undefined],
    ['an empty path', ''],
    ['a path to one file', 'model.h5'],
    ['an object that takes no files', {}],
  ])('for %s', async (_, destination) => {
    await expect(smallModel().save(destination as never)).rejects.toThrow(ArgumentError);
  });

  it.each([0, -1, 1.5, Number.NaN])('for shards of %s bytes', async (shardSize) => {
    await expect(smallModel().save('memory', { shardSize })).rejects.toThrow(ArgumentError);
  });

  it('for a model without weights yet', async () => {
    await expect(sequential([layers.dense({ units: 2 })]).save('memory')).rejects.toThrow('build');
  });

  it('for metadata that is no plain data', async () => {
    const net = smallModel();
    net.metadata = { size: 10n };
    await expect(net.save('memory')).rejects.toThrow(ArgumentError);
  });

  it('for weights in double precision, which files do not have', async () => {
    setFloatx('float64');
    try {
      await expect(smallModel().save('memory')).rejects.toThrow("setFloatx('float32')");
    } finally {
      setFloatx('float32');
    }
  });
});
