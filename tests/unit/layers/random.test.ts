import { layers } from 'mapache/layers';
import { compile, ones, setRandomSeed, type Tensor } from 'mapache/tensor';
import { afterEach, describe, expect, it } from 'vitest';

const training = { training: true };

const { dropout, gaussianDropout, gaussianNoise, spatialDropout2d } = layers;

describe('layers that draw random numbers', () => {
  afterEach(() => setRandomSeed(0));

  it.each([
    ['dropout', () => dropout({ rate: 0.5 })],
    ['spatialDropout2d', () => spatialDropout2d({ rate: 0.5 })],
    ['gaussianNoise', () => gaussianNoise({ stddev: 0.5 })],
    ['gaussianDropout', () => gaussianDropout({ rate: 0.5 })],
  ])('%s leaves its input alone in inference and has a state that is no weight', async (_, make) => {
    const layer = make();
    const x = ones([2, 3, 3, 4]);
    expect(layer.apply(x)).toBe(x);
    expect(layer.weights).toEqual([]);
    expect(layer.variables.map(({ path, dtype, trainable }) => [path, dtype, trainable])).toEqual([
      [`${layer.name}/seed_generator/seed_generator_state`, 'int32', false],
    ]);
    expect(await layer.apply(x, training).data()).not.toEqual(await x.data());
  });

  it('have no state when there is nothing to draw', () => {
    expect(dropout({ rate: 0 }).states).toEqual([]);
    expect(gaussianNoise({ stddev: 0 }).states).toEqual([]);
    const x = ones([3]);
    expect(dropout({ rate: 0 }).apply(x, training)).toBe(x);
  });

  it('drop about as much as asked, scale up the rest, and all of it at rate 1', async () => {
    const data = await dropout({ rate: 0.25, seed: 1 })
      .apply(ones([100, 100]), training)
      .data();
    expect(new Set(data)).toEqual(new Set([0, Math.fround(1 / 0.75)]));
    const dropped = data.filter((value) => value === 0).length;
    // 10000 draws: five standard deviations.
    expect(Math.abs(dropped - 2500)).toBeLessThan(5 * Math.sqrt(10000 * 0.25 * 0.75));
    expect(
      await dropout({ rate: 1 })
        .apply(ones([2, 2]), training)
        .array(),
    ).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  it('draw afresh each time one plan runs, and within it each time they are applied', async () => {
    const layer = dropout({ rate: 0.5, seed: 3 });
    layer.build([null, 64]);
    const twice = compile((x: Tensor) => [layer.apply(x, training), layer.apply(x, training)]);
    const runs = [await twice(ones([1, 64])), await twice(ones([1, 64]))].flat();
    const masks = await Promise.all(runs.map(async (run) => (await run.data()).join()));
    expect(new Set(masks).size).toBe(4);
    expect(await layer.states[0]?.value.item()).toBe(4);
  });

  it('draw the same for the same seed, and apart from each other without one', async () => {
    const draw = async (seed: number | null): Promise<string> =>
      (
        await dropout({ rate: 0.5, seed })
          .apply(ones([64]), training)
          .data()
      ).join();
    expect(await draw(5)).toBe(await draw(5));
    expect(await draw(null)).not.toBe(await draw(null));
    setRandomSeed(8);
    const first = await draw(null);
    setRandomSeed(8);
    expect(await draw(null)).toBe(first);
  });

  it('drop whole channels where the mask is shared', async () => {
    for (const layer of [
      spatialDropout2d({ rate: 0.5, seed: 2 }),
      dropout({ rate: 0.5, seed: 2, noiseShape: [null, 1, 1, null] }),
    ]) {
      const data = await layer.apply(ones([2, 4, 4, 8]), training).data();
      const channels = Array.from({ length: 16 }, (_, i) => {
        const own = data.filter((_, at) => Math.floor(at / 128) * 8 + (at % 8) === i);
        return new Set(own).size;
      });
      expect(channels).toEqual(new Array(16).fill(1));
      expect(new Set(data).size).toBe(2);
    }
  });

  it('refuse rates and masks out of range', () => {
    expect(() => dropout({ rate: 1.5 })).toThrow(/rate to be a finite number in \[0, 1\]/);
    expect(() => gaussianDropout({ rate: 1 })).toThrow(/less than 1/);
    expect(() => dropout({ rate: 0.5, seed: 0.5 })).toThrow(/seed to be an integer/);
    expect(() => dropout({ rate: 0.5, noiseShape: [null, 5] }).apply(ones([2, 3]), training)).toThrow(/mask \[\?, 5\]/);
  });
});
