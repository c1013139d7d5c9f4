import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { ArgumentError, input, layers, loadModel, type Model, model, optimizers, setRandomSeed } from 'mapache';
import type { SaveResult } from 'mapache/layers';
import { ModelCheckpoint } from 'mapache/training';
import {
  addHead,
  addLora,
  applyLora,
  LoraMismatchError,
  type LoraOptions,
  mergeLora,
  saveLora,
} from 'mapache/transfer';
import { beforeEach, describe, expect, test } from 'vitest';
import { classLabels, convolutionalBase, images } from '../../support/convolutional-base.js';
import { caught, expectExplained } from '../../support/explained-error.js';
import { temporaryFolder } from '../../support/sandbox.js';
import { bitsOf, expectSameBits, randomTensor } from '../../support/tensors.js';

beforeEach(() => setRandomSeed(7));

const quiet = { verbose: 0, batchSize: 4 } as const;
const data = { x: images(), y: classLabels() };

/** A convolutional base with deltas, under a head; both trained a little. */
async function trained(options: LoraOptions = {}): Promise<{ base: Model; net: Model; frozen: Model['weights'] }> {
  const base = convolutionalBase();
  const frozen = base.weights;
  addLora(base, { rank: 2, ...options });
  const net = addHead(base, { classes: 3 });
  net.compile({ optimizer: optimizers.adam({ learningRate: 1e-2 }) });
  await net.fit(data, { ...quiet, epochs: 2 });
  return { base, net, frozen };
}

const predictions = async (net: Model): Promise<readonly number[]> =>
  Array.from(await (await net.predict(data.x)).data());
const largestDifference = (a: readonly number[], b: readonly number[]): number =>
  Math.max(...a.map((value, i) => Math.abs(value - (b[i] as number))));

describe('deltas of low rank', () => {
  test('change nothing at first', async () => {
    const base = convolutionalBase();
    const before = Array.from(await (await base.predict(data.x)).data());
    const { layers: paths, variables, parameters } = addLora(base, { rank: 2 });
    expect(Array.from(await (await base.predict(data.x)).data())).toEqual(before);
    expect(paths).toEqual(['conv1', 'conv2']);
    expect(variables.map(({ shape }) => shape)).toEqual([
      [3, 3, 3, 2],
      [2, 4],
      [3, 3, 4, 2],
      [2, 6],
    ]);
    expect(parameters).toBe(54 + 8 + 72 + 12);
    expect(base.trainableWeights).toEqual(variables);
  });

  test('train, and leave every weight of the base alone, bit for bit', async () => {
    const base = convolutionalBase();
    const before = await bitsOf(base.weights);
    const { variables } = addLora(base, { rank: 2 });
    const start = await bitsOf(variables);
    const net = addHead(base, { classes: 3 });
    net.compile({ optimizer: optimizers.adam({ learningRate: 1e-2 }) });
    await net.fit(data, { ...quiet, epochs: 2 });
    await expectSameBits([...before.keys()], before);
    for (const [variable, bits] of await bitsOf(variables))
      expect(bits, variable.path).not.toEqual(start.get(variable));
  });

  test('predict the same once they are merged, and the model is an ordinary one that can be saved', async () => {
    const { base, net, frozen } = await trained({ alpha: 8 });
    const before = await predictions(net);
    expect(mergeLora(net)).toEqual(['base/conv1', 'base/conv2']);
    expect(largestDifference(await predictions(net), before)).toBeLessThan(1e-6);
    expect(base.weights).toEqual(frozen);
    const { files } = await net.save('memory', { format: 'keras' });
    const loaded = await loadModel(files);
    expect(await predictions(loaded)).toEqual(await predictions(net));
    expect(mergeLora(net)).toEqual([]);
    // Plans of other deltas in the same places are not taken for those of the new ones.
    const merged = await predictions(net);
    addLora(base, { rank: 2 });
    expect(largestDifference(await predictions(net), merged)).toBeLessThan(1e-6);
    base.trainable = true;
    await net.fit(data, quiet);
    expect(largestDifference(await predictions(net), merged)).toBeGreaterThan(1e-6);
  });

  const loadedWeights = async (files: SaveResult['files']): Promise<Model> => {
    const net = addHead(convolutionalBase(), { classes: 3 });
    await net.loadWeights(files);
    return net;
  };
  test.each<[string, (net: Model) => Promise<SaveResult>, (files: SaveResult['files']) => Promise<Model>]>([
    ['a .keras file', (net) => net.save('memory', { format: 'keras' }), loadModel],
    ['a folder', (net) => net.save('memory', { format: 'layers-model' }), loadModel],
    ['a .weights.h5 file', (net) => net.saveWeights('memory', { format: 'weights.h5' }), loadedWeights],
    ['a .safetensors file', (net) => net.saveWeights('memory', { format: 'safetensors' }), loadedWeights],
  ])('go into %s as parts of their kernels, and stay where they are', async (_, save, load) => {
    const { base, net } = await trained({ alpha: 8 });
    const { variables } = net;
    const [before, bits] = [await predictions(net), await bitsOf(variables)];
    const { files } = await save(net);
    await expectSameBits(variables, bits);
    expect(base.getLayer('conv1').delta).not.toBeNull();
    // They would be added a second time.
    expectExplained(await caught(() => net.loadWeights(files)), ArgumentError);
    const loaded = await load(files);
    expect(largestDifference(await predictions(loaded), before)).toBeLessThan(1e-6);
    mergeLora(net);
    expect(await predictions(loaded)).toEqual(await predictions(net));
  });

  test('do not stand in the way of checkpoints', async () => {
    const folder = temporaryFolder();
    const path = join(folder, 'best.keras');
    const base = convolutionalBase();
    addLora(base, { rank: 2 });
    const net = addHead(base, { classes: 3 });
    net.compile({ optimizer: optimizers.adam({ learningRate: 1e-2 }) });
    await net.fit(data, { ...quiet, epochs: 2, callbacks: [new ModelCheckpoint(path)] });
    const loaded = await loadModel(path);
    expect(largestDifference(await predictions(loaded), await predictions(net))).toBeLessThan(1e-6);
    // It comes compiled, with an optimizer that remembers nothing.
    await loaded.fit(data, quiet);
    rmSync(folder, { recursive: true });
  });

  test('go into a small file that applies to the same base, and to no other', async () => {
    const { base, net } = await trained();
    const { files, sizes } = await saveLora(base, 'memory');
    expect(Object.values(sizes)[0]).toBeLessThan(2000);
    setRandomSeed(7);
    const fresh = convolutionalBase();
    const report = await applyLora(fresh, files);
    expect(report.layers).toEqual(['conv1', 'conv2']);
    const expected = Array.from(await (await base.predict(data.x)).data());
    expect(Array.from(await (await fresh.predict(data.x)).data())).toEqual(expected);
    expect(net.layers).toContain(base);

    const other = convolutionalBase();
    const before = Array.from(await (await other.predict(data.x)).data());
    const key = other.trainableKey;
    expectExplained(await caught(() => applyLora(other, files)), LoraMismatchError);
    expect(Array.from(await (await other.predict(data.x)).data())).toEqual(before);
    expect(other.trainableKey).toBe(key);
    await applyLora(other, files, { allowOtherBase: true });
    expect(other.getLayer('conv1').delta?.rank).toBe(2);
    const weights = fresh.getLayer('bn1').weight('gamma');
    expect(weights.trainable).toBe(false);
    const { files: plain } = await convolutionalBase().saveWeights('memory', { format: 'safetensors' });
    expectExplained(await caught(() => applyLora(convolutionalBase(), plain)), LoraMismatchError);
  });

  test('go to dense layers, and to attentions, whose other weights stay as they are', async () => {
    const x = input({ shape: [4, 6] });
    let y = layers.multiHeadAttention({ numHeads: 2, keyDim: 3, name: 'attention' }).apply([x, x]);
    y = layers.dense({ units: 5, name: 'inner' }).apply(y);
    const base = model({ inputs: x, outputs: layers.globalAveragePooling1d().apply(y), name: 'base' });
    const before = await bitsOf(base.weights);
    const { layers: paths } = addLora(base, { rank: 1 });
    expect(paths).toHaveLength(5);
    const net = addHead(base, { classes: 3 });
    net.compile({ optimizer: optimizers.sgd({ learningRate: 0.5 }) });
    const sequences = { x: randomTensor([12, 4, 6], 5), y: classLabels() };
    await net.fit(sequences, quiet);
    await net.fit(sequences, quiet);
    await expectSameBits([...before.keys()], before);
    const unmerged = Array.from(await (await net.predict(sequences.x)).data());
    mergeLora(net);
    const merged = Array.from(await (await net.predict(sequences.x)).data());
    expect(largestDifference(merged, unmerged)).toBeLessThan(1e-6);
  });

  test.each<[string, LoraOptions]>([
    ['a rank of 0', { rank: 0 }],
    ['an alpha of 0', { alpha: 0 }],
    ['layers without kernels', { match: /bn/ }],
    ['a layer that is not there', { layers: ['nobody'] }],
  ])('are not added with %s', async (_, options) => {
    const base = convolutionalBase();
    const key = base.trainableKey;
    expectExplained(await caught(() => addLora(base, options)), ArgumentError);
    expect(base.trainableKey).toBe(key);
  });

  test('are not added twice, nor saved where there are none', async () => {
    const base = convolutionalBase();
    expectExplained(await caught(() => saveLora(base, 'memory')), ArgumentError);
    addLora(base, { layers: ['conv1'] });
    const key = base.trainableKey;
    expectExplained(await caught(() => addLora(base)), ArgumentError);
    expect(base.trainableKey).toBe(key);
  });
});
