import fc from 'fast-check';
import { ArgumentError } from 'mapache';
import { getOptimizer, optimizerClasses, schedules } from 'mapache/optim';
import { tensor, Variable } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { caught, expectExplained } from '../../support/explained-error.js';
import { bitsOf } from '../../support/tensors.js';

const start = [0.5, -1.25, 2];
const gradients = [
  [0.25, -0.5, 1.5],
  [-1, 0.125, 0.75],
];

/** The bits of a weight after two updates at a rate, with a factor of it. */
async function trained(className: string, learningRate: number, factor: number | null): Promise<unknown> {
  const weight = new Variable(start, { name: 'w' });
  const optimizer = getOptimizer({ className, config: { learningRate, weightDecay: 0.25 } });
  if (factor !== null) optimizer.rateMultipliers.set(new Map([[weight, factor]]));
  for (const gradient of gradients) optimizer.apply([tensor(gradient)], [weight]);
  return [...(await bitsOf([weight])).values()];
}

describe.each([...optimizerClasses.keys()])('the factors of %s', (className) => {
  it('move a weight as an optimizer of that rate would, bit for bit', async () => {
    // Powers of two: the product of rate and factor is exact.
    const power = fc.integer({ min: -12, max: 3 }).map((exponent) => 2 ** exponent);
    await fc.assert(
      fc.asyncProperty(power, power, async (rate, factor) => {
        expect(await trained(className, rate, factor)).toEqual(await trained(className, rate * factor, null));
      }),
      { numRuns: 2 },
    );
  });

  it('change no bit where they are 1', async () => {
    expect(await trained(className, 0.1, 1)).toEqual(await trained(className, 0.1, null));
  });
});

describe('rateMultipliers', () => {
  it('touch only the weights they are given for', async () => {
    const pair = () => [new Variable(start, { name: 'a' }), new Variable(start, { name: 'b' })] as const;
    const [[a, b], [c, d]] = [pair(), pair()];
    const [scaled, plain] = [getOptimizer('adam'), getOptimizer('adam')];
    scaled.rateMultipliers.set(new Map([[a, 0.5]]));
    for (const gradient of gradients) {
      scaled.apply([tensor(gradient), tensor(gradient)], [a, b]);
      plain.apply([tensor(gradient), tensor(gradient)], [c, d]);
    }
    const bits = await bitsOf([a, b, c, d]);
    expect(bits.get(b)).toEqual(bits.get(d));
    expect(bits.get(a)).not.toEqual(bits.get(c));
  });

  it('go with schedules', async () => {
    const weight = new Variable(start);
    const learningRate = schedules.piecewiseConstantDecay({ boundaries: [0], values: [1, 0.5] });
    const optimizer = getOptimizer({ className: 'SGD', config: { learningRate } });
    optimizer.rateMultipliers.set(new Map([[weight, 0.25]]));
    for (const gradient of gradients) optimizer.apply([tensor(gradient)], [weight]);
    const [first, second] = gradients as [number[], number[]];
    const expected = start.map((w, i) => w - 0.25 * (first[i] as number) - 0.125 * (second[i] as number));
    expect(Array.from(await weight.value.data())).toEqual(expected);
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])('refuse %s, and stay as they were', async (factor) => {
    const [a, b] = [new Variable(start), new Variable(start)];
    const { rateMultipliers } = getOptimizer('sgd');
    rateMultipliers.set(new Map([[a, 0.5]]));
    expectExplained(await caught(() => rateMultipliers.set(new Map([[b, factor]]))), ArgumentError);
    expect([rateMultipliers.of(a), rateMultipliers.of(b)]).toEqual([0.5, 1]);
  });
});
