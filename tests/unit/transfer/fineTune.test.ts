import { ArgumentError, optimizers, setRandomSeed, zeros } from 'mapache';
import type { Model } from 'mapache/layers';
import { LabelError, NotCompiledError, type TrainingData } from 'mapache/training';
import {
  addHead,
  type FineTuneOptions,
  fineTune,
  freeze,
  type HeadOptions,
  LearningRateError,
  unfreeze,
} from 'mapache/transfer';
import { beforeEach, describe, expect, test } from 'vitest';
import { classLabels, convolutionalBase, images } from '../../support/convolutional-base.js';
import { caught, expectExplained } from '../../support/explained-error.js';
import { bitsOf, expectSameBits } from '../../support/tensors.js';

beforeEach(() => setRandomSeed(7));

const quiet = { verbose: 0 } as const;
const data = (): TrainingData => ({ x: images(), y: classLabels() });

/** A model whose head and whole base train, compiled with Adam. */
function compiled(options: Partial<HeadOptions> = {}, optimizer = optimizers.adam()) {
  const base = convolutionalBase();
  const net = addHead(base, { classes: 3, batchNormalization: 'training', ...options });
  net.compile({ optimizer, metrics: ['accuracy'] });
  return { base, net };
}

const normalizations = (base: Model) => ['bn1', 'bn2'].map((name) => base.getLayer(name));
const heldBack = (base: Model) => normalizations(base).map(({ inferenceMode }) => inferenceMode);
const rateOf = async (net: Model) => Math.fround(await net.optimizer.learningRate.value.item());

describe('fineTune', () => {
  test('trains what is trainable with a fresh optimizer like the old one, at the new rate, and keeps losses and metrics', async () => {
    const { net } = compiled({}, optimizers.adam({ learningRate: 1e-2, beta1: 0.8, clipnorm: 1 }));
    await net.fit(images(), classLabels(), { ...quiet, epochs: 2 });
    const old = net.optimizer;
    const before = await bitsOf(net.trainableWeights);
    const { history } = await fineTune(net, data(), { ...quiet, epochs: 3, batchSize: 4, learningRate: 5e-5 });
    expect(Object.keys(history).sort()).toEqual(['accuracy', 'loss']);
    expect(history.loss).toHaveLength(3);
    expect(net.optimizer).not.toBe(old);
    expect(net.optimizer.getConfig()).toMatchObject({ beta1: 0.8, clipnorm: 1 });
    expect(await rateOf(net)).toBe(Math.fround(5e-5));
    expect(await net.optimizer.iterations.value.item()).toBe(9);
    expect(await old.iterations.value.item()).toBe(2);
    for (const [weight, bits] of await bitsOf(net.trainableWeights))
      expect(bits, weight.path).not.toEqual(before.get(weight));
  });

  test('takes 1e-5 unless told otherwise', async () => {
    const { net } = compiled();
    await fineTune(net, data(), quiet);
    expect(await rateOf(net)).toBe(Math.fround(1e-5));
  });

  test('lets the weights decay that decayed before, and no others', async () => {
    const moved = async (excludeFromWeightDecay: readonly (string | RegExp)[]): Promise<ReadonlySet<string>> => {
      const { net } = compiled({}, optimizers.adamW({ weightDecay: 0.5, excludeFromWeightDecay }));
      const before = await bitsOf(net.trainableWeights);
      // Samples that count nothing have no gradients.
      await fineTune(net, { ...data(), sampleWeight: zeros([12]) }, { ...quiet, learningRate: 1e-4 });
      const after = [...(await bitsOf(net.trainableWeights))];
      const changed = after.filter(([weight, bits]) => !Buffer.from(bits).equals(before.get(weight) as Uint8Array));
      return new Set(changed.map(([{ name }]) => name));
    };
    expect(await moved([])).toEqual(new Set(['kernel', 'gamma']));
    expect(await moved(['kernel'])).toEqual(new Set(['gamma']));
    expect(await moved(['kernel', /^gam/])).toEqual(new Set());
  });

  test('takes another optimizer, made afresh', async () => {
    const { net } = compiled();
    const given = optimizers.sgd({ momentum: 0.9 });
    await fineTune(net, data(), { ...quiet, optimizer: given, learningRate: 1e-3 });
    expect(net.optimizer.className).toBe('SGD');
    expect(net.optimizer.getConfig()).toMatchObject({ momentum: 0.9 });
    expect(await rateOf(net)).toBe(Math.fround(1e-3));
    expect(await given.iterations.value.item()).toBe(0);
  });

  test('leaves frozen what is frozen', async () => {
    const { base, net } = compiled();
    freeze(base, { until: 'conv2' });
    const frozen = net.nonTrainableWeights;
    const before = await bitsOf(frozen);
    await fineTune(net, data(), quiet);
    await expectSameBits(frozen, before);
  });

  describe('batch normalisations', () => {
    test('keep their statistics while gamma and beta train, and are as before afterwards', async () => {
      const { base, net } = compiled();
      const statistics = await bitsOf(base.nonTrainableWeights);
      const gamma = normalizations(base).map((layer) => layer.weight('gamma'));
      const scales = await bitsOf(gamma);
      let during: readonly boolean[] = [];
      const onTrainBatchEnd = () => {
        during = heldBack(base);
      };
      await fineTune(net, data(), { ...quiet, callbacks: [{ onTrainBatchEnd }] });
      expect(during).toEqual([true, true]);
      expect(statistics.size).toBe(4);
      await expectSameBits(base.nonTrainableWeights, statistics);
      for (const [weight, bits] of await bitsOf(gamma)) expect(bits).not.toEqual(scales.get(weight));
      expect(heldBack(base)).toEqual([false, false]);
    });

    test("adapt with 'training'", async () => {
      const { base, net } = compiled();
      const statistics = await bitsOf(base.nonTrainableWeights);
      await fineTune(net, data(), { ...quiet, batchNormalization: 'training' });
      for (const [weight, bits] of await bitsOf(base.nonTrainableWeights)) {
        expect(bits, weight.path).not.toEqual(statistics.get(weight));
      }
    });

    test('that somebody had put into inference mode stay there', async () => {
      const { base, net } = compiled();
      base.getLayer('bn1').inferenceMode = true;
      await fineTune(net, data(), quiet);
      expect(heldBack(base)).toEqual([true, false]);
    });

    test('are as before when training fails halfway', async () => {
      const { base, net } = compiled();
      const broken = new Error('the callback failed');
      const onEpochBegin = (epoch: number) => {
        if (epoch === 1) throw broken;
      };
      const error = await caught(() => fineTune(net, data(), { ...quiet, epochs: 2, callbacks: [{ onEpochBegin }] }));
      expect(error).toBe(broken);
      expect(heldBack(base)).toEqual([false, false]);
      expect(await rateOf(net)).toBe(Math.fround(1e-5));
    });
  });

  describe('lets a rate pass', () => {
    test.each<[string, FineTuneOptions]>([
      ['at the limit of Adam', { learningRate: 1e-4 }],
      ['at the limit of SGD', { learningRate: 1e-2, optimizer: 'sgd' }],
      ['above it, if it is allowed', { learningRate: 1e-2, allowHighLearningRate: true }],
    ])('%s', async (_, options) => {
      const { net } = compiled();
      await fineTune(net, data(), { ...quiet, ...options });
      expect(await rateOf(net)).toBe(Math.fround(options.learningRate as number));
    });

    test('above it, if only the last layer trains', async () => {
      const { base, net } = compiled();
      freeze(base);
      await fineTune(net, data(), { ...quiet, learningRate: 1e-2 });
      expect(await rateOf(net)).toBe(Math.fround(1e-2));
      unfreeze(base, { from: 'bn2' });
      expect(await caught(() => fineTune(net, data(), { learningRate: 1e-2 }))).toBeInstanceOf(LearningRateError);
    });
  });

  describe('refuses, and changes nothing, for', () => {
    test.each<[string, FineTuneOptions, new (...args: never[]) => Error]>([
      ['a rate of 1e-2 with Adam', { learningRate: 1e-2 }, LearningRateError],
      ['a rate of 0.1 with SGD', { learningRate: 0.1, optimizer: 'sgd' }, LearningRateError],
      ['a rate of 0', { learningRate: 0 }, LearningRateError],
      ['a negative rate', { learningRate: -1e-5 }, LearningRateError],
      ['NaN as a rate', { learningRate: Number.NaN }, LearningRateError],
      ['an infinite rate', { learningRate: Number.POSITIVE_INFINITY }, LearningRateError],
      ['text as a rate', { learningRate: '1e-5' as never }, LearningRateError],
      [
        'NaN as a rate, even if it is allowed',
        { learningRate: Number.NaN, allowHighLearningRate: true },
        LearningRateError,
      ],
      ['a negative rate, even if it is allowed', { learningRate: -1, allowHighLearningRate: true }, LearningRateError],
      ['an unknown optimizer', { optimizer: 'adamant' }, ArgumentError],
      ['an unknown mode of batch normalisation', { batchNormalization: 'frozen' as never }, ArgumentError],
      ['an option that fit refuses', { epochs: 0 }, ArgumentError],
    ])('%s', async (_, options, kind) => {
      const { base, net } = compiled();
      const { optimizer } = net;
      const before = await bitsOf(net.weights);
      expectExplained(await caught(() => fineTune(net, data(), { ...quiet, ...options })), kind);
      await expectSameBits(net.weights, before);
      expect(net.optimizer).toBe(optimizer);
      expect(await rateOf(net)).toBe(Math.fround(1e-3));
      expect(heldBack(base)).toEqual([false, false]);
    });

    test('data that fit refuses', async () => {
      const { base, net } = compiled({ classes: 2 });
      const { optimizer } = net;
      expectExplained(await caught(() => fineTune(net, data(), quiet)), LabelError);
      expect(net.optimizer).toBe(optimizer);
      expect(heldBack(base)).toEqual([false, false]);
    });

    test.each<[string, FineTuneOptions]>([
      ['a model that was not compiled', {}],
      ['a model that was not compiled, with an optimizer', { optimizer: 'adam' }],
    ])('%s', async (_, options) => {
      const net = addHead(convolutionalBase(), { classes: 3 });
      const error = await caught(() => fineTune(net, data(), options));
      expectExplained(error, NotCompiledError);
      expect(error.operation).toBe('fineTune');
      expect(net.trainer.compilation).toBeNull();
    });
  });
});
