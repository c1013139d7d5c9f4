import { type Model, optimizers, setRandomSeed, tensor } from 'mapache';
import { layers, sequential } from 'mapache/layers';
import { addHead, fineTune, freeze, type HeadOptions } from 'mapache/transfer';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { classLabels, convolutionalBase, images } from '../../support/convolutional-base.js';

const warnings: string[] = [];

beforeEach(() => {
  setRandomSeed(7);
  warnings.length = 0;
  vi.spyOn(console, 'warn').mockImplementation((text: string) => void warnings.push(text));
});
afterEach(() => vi.restoreAllMocks());

const quiet = { verbose: 0, batchSize: 12 } as const;
const data = { x: images(), y: classLabels() };

/** A base whose weights a file has given, under a new head. */
async function pretrained(options: Partial<HeadOptions> = {}, learningRate = 1e-5): Promise<[net: Model, base: Model]> {
  const base = convolutionalBase();
  const { files } = await base.saveWeights('memory', { format: 'safetensors' });
  await base.loadWeights(files);
  const net = addHead(base, { classes: 3, ...options });
  net.compile({ optimizer: optimizers.adam({ learningRate }) });
  return [net, base];
}

/** Trains, and trains again: the words of the only warning, or `null` for none. */
async function advised(net: Model, train: () => Promise<unknown>): Promise<string | null> {
  await train();
  await train();
  expect(warnings.length).toBeLessThan(2);
  if (warnings.length > 0) expect(warnings[0]).toContain(`'${net.name}'`);
  return warnings[0] ?? null;
}

describe('advice, once for each model', () => {
  test('is not given where nothing is wrong, nor where it is switched off', async () => {
    const [net] = await pretrained();
    net.metadata.inputRange = [-4, 4];
    expect(await advised(net, () => net.fit(data, { ...quiet, validationData: data }))).toBeNull();
    const [high] = await pretrained({}, 1e-2);
    expect(await advised(high, () => high.fit(data, { ...quiet, advice: false }))).toBeNull();
  });

  test.each([
    ['pixels for a base that takes -1 to 1', [-1, 1], 255],
    ['small numbers for a base that takes pixels', [0, 255], 1],
  ])('%s', async (_, range, scale) => {
    const [net] = await pretrained();
    net.metadata.inputRange = range;
    const pixels = tensor(
      Float32Array.from({ length: 12 * 192 }, (_, i) => (scale * (i % 11)) / 10),
      { shape: [12, 8, 8, 3] },
    );
    const text = await advised(net, () => net.fit({ ...data, x: pixels }, quiet));
    expect(text).toContain(`from 0 to ${scale}, but the base was trained on ${range[0]} to ${range[1]}`);
  });

  test('a rate for heads on a pretrained base that trains', async () => {
    const [net, base] = await pretrained({}, 1e-3);
    freeze(base);
    await net.fit(data, quiet);
    expect(warnings).toEqual([]);
    base.trainable = true;
    expect(await advised(net, () => net.fit(data, quiet))).toContain('8 pretrained weights train at a rate of 0.001');
    const [slow] = await pretrained({}, 1e-3);
    warnings.length = 0;
    const allowHighLearningRate = true;
    await fineTune(slow, data, { ...quiet, learningRate: 1e-3, allowHighLearningRate });
    expect(warnings).toEqual([]);
  });

  test('pretrained batch normalisations with tiny batches', async () => {
    const small = { ...quiet, batchSize: 4 };
    const [held] = await pretrained();
    await held.fit(data, small);
    const [tuned] = await pretrained({ batchNormalization: 'training' });
    await fineTune(tuned, data, small);
    expect(warnings).toEqual([]);
    const [net] = await pretrained({ batchNormalization: 'training' });
    const text = await advised(net, () => net.fit(data, small));
    expect(text).toContain('2 pretrained batch normalisations take new statistics from batches of 4');
  });

  test.each([
    ['softmax', { className: 'SparseCategoricalCrossentropy', config: { fromLogits: true } }, 'gives probabilities'],
    ['linear', 'sparse_categorical_crossentropy', 'has no activation'],
  ])('%s with the wrong kind of cross-entropy', async (activation, loss, expected) => {
    const [net] = await pretrained({ activation });
    net.compile({ optimizer: 'sgd', loss });
    expect(await advised(net, () => net.fit(data, quiet))).toContain(expected);
    warnings.length = 0;
    const [right] = await pretrained({ activation });
    expect(await advised(right, () => right.fit(data, quiet))).toBeNull();
  });

  test('a class that is not validated', async () => {
    const [net] = await pretrained();
    net.metadata.classNames = ['fox', 'owl', 'newt'];
    const validationData = { x: images(), y: tensor(Int32Array.from({ length: 12 }, () => 1)) };
    expect(await advised(net, () => net.fit(data, { ...quiet, validationData }))).toContain(
      'no sample of class fox, newt',
    );
  });

  test('a class that is not validated, with one-hot rows', async () => {
    const net = sequential([layers.inputLayer({ shape: [2] }), layers.dense({ units: 2, activation: 'softmax' })]);
    net.compile({ optimizer: 'sgd', loss: 'categorical_crossentropy' });
    const y = tensor([
      [1, 0],
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    const x = tensor([
      [1, 0],
      [0, 1],
      [0, 1],
      [0, 1],
    ]);
    expect(await advised(net, () => net.fit({ x, y }, { verbose: 0, validationSplit: 0.5 }))).toContain('of class 0');
  });
});
