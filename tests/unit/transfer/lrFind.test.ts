import { ArgumentError, optimizers, setRandomSeed } from 'mapache';
import { NotCompiledError } from 'mapache/training';
import { addHead, type LrFindOptions, lrFind } from 'mapache/transfer';
import { beforeEach, describe, expect, test } from 'vitest';
import { suggestRates } from '../../../src/transfer/suggestRates.js';
import { classLabels, convolutionalBase, images } from '../../support/convolutional-base.js';
import { caught, expectExplained } from '../../support/explained-error.js';
import { bitsOf, expectSameBits } from '../../support/tensors.js';

beforeEach(() => setRandomSeed(7));

const data = { x: images(), y: classLabels() };
const quiet = { verbose: 0, batchSize: 4 } as const;
const quick = { batchSize: 4, steps: 20 } as const;

/** Everything that remembers something: dropout, batch normalisations that adapt, and an optimizer with momentum. */
function compiled() {
  setRandomSeed(7);
  const net = addHead(convolutionalBase(), { classes: 3, dropout: 0.5, batchNormalization: 'training' });
  net.compile({ optimizer: optimizers.adam({ learningRate: 1e-3 }), metrics: ['accuracy'] });
  return net;
}

describe('lrFind', () => {
  test('leaves everything as it was, bit for bit, and so does the training after it', async () => {
    const net = compiled();
    await net.fit(data, quiet);
    const { optimizer } = net;
    const before = await bitsOf([...net.variables, ...optimizer.variables]);
    const key = net.trainableKey;
    await lrFind(net, data, { ...quick, batchNormalization: 'training', end: 1 });
    expect(net.optimizer).toBe(optimizer);
    expect(net.trainableKey).toBe(key);
    await expectSameBits([...net.variables, ...optimizer.variables], before);
    const after = await net.fit(data, quiet);

    const other = compiled();
    await other.fit(data, quiet);
    expect((await other.fit(data, quiet)).history).toEqual(after.history);
    expect([...(await bitsOf(other.variables)).values()]).toEqual([...(await bitsOf(net.variables)).values()]);
  });

  test('tries rates that grow by one factor, and tells the loss of each batch', async () => {
    const net = compiled();
    const { rates, losses, rawLosses, diverged } = await lrFind(net, data, { ...quick, start: 1e-6, end: 1e-3 });
    expect(diverged).toBe(false);
    expect([rates[0], rates[19]]).toEqual([expect.closeTo(1e-6, 12), expect.closeTo(1e-3, 12)]);
    for (const [i, rate] of rates.slice(1).entries()) expect(rate / (rates[i] as number)).toBeCloseTo(1000 ** (1 / 19));
    expect(losses).toHaveLength(20);
    expect(rawLosses[0]).toBeCloseTo(losses[0] as number);
    expect(rawLosses.every(Number.isFinite)).toBe(true);
  });

  test('tells the losses of a training by hand at these rates', async () => {
    const make = () => {
      setRandomSeed(7);
      const net = addHead(convolutionalBase(), { classes: 3 });
      net.compile({ optimizer: optimizers.sgd({ learningRate: 1e-3, momentum: 0.5 }) });
      return net;
    };
    const options = { batchSize: 12, shuffle: false, steps: 10, start: 1e-3, end: 1e-1 } as const;
    const { rates, rawLosses } = await lrFind(make(), data, options);
    const twin = make();
    const expected: (number | undefined)[] = [];
    for (const rate of rates) {
      twin.optimizer.setLearningRate(rate);
      expected.push((await twin.trainOnBatch(data.x, data.y)).loss);
    }
    expect(rawLosses).toEqual(expected);
    expect(new Set(rawLosses).size).toBe(10);
  });

  test('ends when the loss has risen too far, or is not finite', async () => {
    const net = compiled();
    const far = { batchSize: 12, steps: 40, start: 1e-3, end: 1e6, optimizer: 'sgd', smoothing: 0 } as const;
    const before = await bitsOf(net.variables);
    const { rates, diverged } = await lrFind(net, data, far);
    expect(diverged).toBe(true);
    expect(rates.length).toBeLessThan(40);
    await lrFind(net, data, { ...far, end: 1e30, divergence: null });
    await expectSameBits(net.variables, before);
  });

  test.each<[string, LrFindOptions]>([
    ['a start of 0', { start: 0 }],
    ['an end before the start', { start: 1, end: 0.1 }],
    ['too few steps', { steps: 5 }],
    ['a smoothing of 1', { smoothing: 1 }],
    ['a divergence of 1', { divergence: 1 }],
    ['an unknown optimizer', { optimizer: 'adamant' }],
  ])('refuses %s', async (_, options) => {
    expectExplained(await caught(() => lrFind(compiled(), data, options)), ArgumentError);
  });

  test('needs a model that is compiled', async () => {
    const net = addHead(convolutionalBase(), { classes: 3 });
    expectExplained(await caught(() => lrFind(net, data)), NotCompiledError);
  });
});

describe('what a curve suggests', () => {
  const rates = Array.from({ length: 9 }, (_, i) => 10 ** (i - 8));

  test('is two thirds down its longest fall, and where it is steepest', () => {
    // Falls from position 1 to 6, one bump left out.
    const { valley, steepest } = suggestRates(rates, [5, 5, 4.5, 4.6, 2, 1.5, 1, 7, 9]);
    expect(valley).toBe(rates[5]);
    expect(steepest).toBe(rates[4]);
  });

  test('is nothing where it never falls', () => {
    expect(suggestRates(rates, [1, 2, 3, 4, 5, 6, 7, 8, 9])).toEqual({ valley: null, steepest: null });
    expect(suggestRates([], [])).toEqual({ valley: null, steepest: null });
  });
});
