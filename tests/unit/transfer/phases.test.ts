import { ArgumentError, History, optimizers, schedules, setRandomSeed } from 'mapache';
import {
  addHead,
  type FineTuneOptions,
  fineTune,
  freeze,
  gradualUnfreeze,
  LearningRateError,
  layerGroups,
} from 'mapache/transfer';
import { beforeEach, describe, expect, test } from 'vitest';
import { classLabels, convolutionalBase, images } from '../../support/convolutional-base.js';
import { caught, expectExplained } from '../../support/explained-error.js';
import { bitsOf, expectSameBits } from '../../support/tensors.js';

beforeEach(() => setRandomSeed(7));

const data = { x: images(), y: classLabels() };
const quiet = { verbose: 0, batchSize: 4 } as const;

function compiled(optimizer = optimizers.sgd({ learningRate: 1e-2 })) {
  const net = addHead(convolutionalBase(), { classes: 3 });
  net.compile({ optimizer });
  return net;
}

describe('two learning rates', () => {
  test('are spread over the groups by one factor, from the input to the head', async () => {
    const net = compiled();
    await fineTune(net, data, { ...quiet, learningRate: [1e-5, 1e-2] });
    const rates = layerGroups(net).map((group) =>
      group.flatMap(({ layer }) => layer.weights.map((weight) => 1e-2 * net.optimizer.rateMultipliers.of(weight))),
    );
    expect(rates.map(([rate]) => rate)).toEqual([1e-5, 1e-4, 1e-3, 1e-2].map((rate) => expect.closeTo(rate, 12)));
    for (const group of rates) expect(new Set(group).size).toBe(1);
  });

  test('move a group as a training at its rate alone does', async () => {
    // 2 ^ -4 to 2 ^ -1 in four groups: every factor is a power of two.
    const slices = { ...quiet, learningRate: [2 ** -10, 2 ** -7], groups: ['bn1', 'conv2', 'predictions'] } as const;
    const step = { ...quiet, batchSize: 12, shuffle: false };
    const net = compiled();
    await fineTune(net, data, { ...slices, ...step });
    const groups = layerGroups(net, slices.groups);
    const before = groups.map((group) => group.flatMap(({ layer }) => layer.trainableWeights));
    for (const [i, weights] of before.entries()) {
      setRandomSeed(7);
      const other = compiled();
      await fineTune(other, data, { ...step, learningRate: 2 ** (i - 10) });
      const twins = layerGroups(other, slices.groups)[i]?.flatMap(({ layer }) => layer.trainableWeights) ?? [];
      expect(twins.length).toBeGreaterThan(0);
      expect([...(await bitsOf(twins)).values()]).toEqual([...(await bitsOf(weights)).values()]);
    }
  });

  test('that are the same change no bit', async () => {
    const net = compiled();
    await fineTune(net, data, { ...quiet, learningRate: [1e-3, 1e-3] });
    setRandomSeed(7);
    const other = compiled();
    await fineTune(other, data, { ...quiet, learningRate: 1e-3 });
    expect([...(await bitsOf(net.weights)).values()]).toEqual([...(await bitsOf(other.weights)).values()]);
  });
});

describe('phases', () => {
  test('train what they say and leave every other weight alone, bit for bit', async () => {
    const net = compiled();
    const frozen = layerGroups(net)
      .slice(0, -2)
      .flatMap((group) => group.flatMap(({ layer }) => layer.weights));
    const before = await bitsOf(frozen);
    const { phases, history, epochs } = await fineTune(net, data, {
      ...quiet,
      phases: [
        { name: 'head', train: 'head', epochs: 2, learningRate: 1e-2 },
        { train: 2, learningRate: [1e-4, 1e-3], schedule: 'oneCycle' },
      ],
    });
    await expectSameBits(frozen, before);
    expect(phases.map(({ name }) => name)).toEqual(['head', 'phase 2']);
    expect(phases.map(({ trainable }) => trainable)).toEqual([['predictions'], ['base/bn2', 'predictions']]);
    expect(phases.map(({ trained }) => trained)).toEqual(['2 of 14 weights', '4 of 14 weights']);
    expect(phases.map((phase) => phase.history.epochs)).toEqual([[0, 1], [2]]);
    expect(phases.every((phase) => phase.history instanceof History)).toBe(true);
    expect(epochs).toEqual([0, 1, 2]);
    expect(history.loss).toEqual(phases.flatMap((phase) => phase.history.history.loss));
    expect(net.optimizer.schedule?.config).toMatchObject({ warmupTarget: 1e-3, decaySteps: 3 });
  });

  test('are those of gradual unfreezing, from the head to all', async () => {
    const net = compiled();
    const phases = gradualUnfreeze({ headEpochs: 2, epochs: 1, steps: 3 });
    const result = await fineTune(net, data, { ...quiet, phases });
    expect(result.phases.map(({ trainable }) => trainable.length)).toEqual([1, 2, 4, 5]);
    expect(result.epochs).toEqual([0, 1, 2, 3, 4]);
    expect(gradualUnfreeze({ headEpochs: 0, steps: 1 }).map(({ train }) => train)).toEqual(['all']);
  });

  test('end with the signal', async () => {
    const net = compiled();
    const stop = new AbortController();
    const onEpochEnd = (): void => stop.abort();
    const phases = [{ train: 'head', callbacks: [{ onEpochEnd }] }, { train: 'all' }] as const;
    const result = await fineTune(net, data, { ...quiet, signal: stop.signal, phases });
    expect(result.phases).toHaveLength(1);
  });

  test.each<[string, FineTuneOptions, new (...args: never[]) => Error]>([
    ['a rate in a later phase', { phases: [{ train: 'head' }, { train: 'all', learningRate: 1 }] }, LearningRateError],
    ['rates in the wrong order', { learningRate: [1e-2, 1e-5] }, LearningRateError],
    ['an unknown schedule', { schedule: 'sawtooth' as never }, ArgumentError],
    ['no groups', { phases: [{ train: 0 }] }, ArgumentError],
    ['a layer that is not there', { phases: [{ train: { from: 'nobody' } }] }, ArgumentError],
    ['an option that fit refuses', { phases: [{ train: 'head', batchSize: 0 }] }, ArgumentError],
  ])('refuse, and change nothing, for %s', async (_, options, kind) => {
    const net = compiled();
    freeze(net, { layers: ['conv1'] });
    const { optimizer } = net;
    const flags = net.trainableKey;
    const before = await bitsOf(net.weights);
    expectExplained(await caught(() => fineTune(net, data, { ...quiet, ...options })), kind);
    await expectSameBits(net.weights, before);
    expect(net.optimizer).toBe(optimizer);
    expect(net.trainableKey).toBe(flags);
  });
});

describe('schedules', () => {
  test.each<[string, object | null, FineTuneOptions['schedule']?]>([
    ['constant', null],
    ['oneCycle', { warmupTarget: 1e-3, warmupSteps: 1, decaySteps: 5 }],
    ['cosine', { initialLearningRate: 1e-3, decaySteps: 6 }],
    ['warmup', { initialLearningRate: 0, warmupTarget: 1e-3, warmupSteps: 1 }],
    [
      'one of your own',
      { initialLearningRate: 1e-3, decaySteps: 6, decayRate: 0.5 },
      (rate, steps) => schedules.exponentialDecay({ initialLearningRate: rate, decaySteps: steps, decayRate: 0.5 }),
    ],
  ])('%s is drawn for the updates there will be', async (name, expected, schedule = name as 'cosine') => {
    const net = compiled();
    const more = { epochs: 2, learningRate: 1e-3, validationSplit: 0.2 } as const;
    await fineTune(net, data, { ...quiet, ...more, schedule });
    const config = net.optimizer.schedule?.config ?? null;
    if (expected === null) expect(config).toBeNull();
    else expect(config).toMatchObject(expected);
    expect(await net.optimizer.iterations.value.item()).toBe(6);
  });

  test('need to know how many batches there are', async () => {
    const net = compiled();
    const stream = { size: null, batches: async function* () {} };
    const error = await caught(() => fineTune(net, stream, { ...quiet, schedule: 'cosine' }));
    expectExplained(error, ArgumentError);
  });
});
