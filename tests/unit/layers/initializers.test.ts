import { getInitializer, type InitializerLike, initializers } from 'mapache/layers';
import { DTypeError, matmul, reshape, setRandomSeed, type Tensor } from 'mapache/tensor';
import { afterEach, describe, expect, it } from 'vitest';
import { relativeError } from '../../support/relative-error.js';

async function moments(x: Tensor): Promise<{ mean: number; deviation: number; least: number; most: number }> {
  const data = Array.from(await x.data());
  const mean = data.reduce((a, b) => a + b, 0) / data.length;
  const deviation = Math.sqrt(data.reduce((total, value) => total + (value - mean) ** 2, 0) / data.length);
  return { mean, deviation, least: Math.min(...data), most: Math.max(...data) };
}

function describeInitializer(like: InitializerLike): unknown {
  const { className, config } = getInitializer(like);
  return { className, config };
}

describe('initialisers', () => {
  afterEach(() => setRandomSeed(0));

  it('fill with constants', async () => {
    expect(await initializers.zeros()([2]).array()).toEqual([0, 0]);
    expect(await initializers.ones()([2], 'int32').array()).toEqual([1, 1]);
    expect(await initializers.constant({ value: 0.5 })([2]).array()).toEqual([0.5, 0.5]);
    expect(await initializers.identity({ gain: 2 })([2, 3]).array()).toEqual([
      [2, 0, 0],
      [0, 2, 0],
    ]);
  });

  // Limits and deviations of a [3, 3, 16, 32] kernel: fans 144 and 288.
  it.each([
    ['glorotUniform', Math.sqrt(6 / 432), Math.sqrt(2 / 432)],
    ['heUniform', Math.sqrt(6 / 144), Math.sqrt(2 / 144)],
    ['lecunUniform', Math.sqrt(3 / 144), Math.sqrt(1 / 144)],
    ['glorotNormal', (2 * Math.sqrt(2 / 432)) / 0.8796256610342398, Math.sqrt(2 / 432)],
    ['heNormal', (2 * Math.sqrt(2 / 144)) / 0.8796256610342398, Math.sqrt(2 / 144)],
    ['lecunNormal', (2 * Math.sqrt(1 / 144)) / 0.8796256610342398, Math.sqrt(1 / 144)],
    ['randomUniform', 0.05, 0.05 / Math.sqrt(3)],
    ['truncatedNormal', 0.1, 0.05 * 0.8796256610342398],
  ])('%s stays within its limit and has its deviation', async (name, limit, deviation) => {
    setRandomSeed(3);
    const found = await moments(getInitializer(name)([3, 3, 16, 32]));
    // 4608 numbers: five standard errors of a mean, and of a deviation.
    expect(Math.abs(found.mean)).toBeLessThan((5 * deviation) / Math.sqrt(4608));
    expect(Math.abs(found.deviation / deviation - 1)).toBeLessThan(5 / Math.sqrt(2 * 4608));
    expect(Math.max(-found.least, found.most)).toBeLessThanOrEqual(limit * (1 + 1e-6));
    expect(Math.max(-found.least, found.most)).toBeGreaterThan(0.9 * limit);
  });

  // initializers.get(name) of keras 3.15.1 takes all of these, but for STFT.
  it.each([
    ['Zeros', 'zeros', 'zero'],
    ['Ones', 'ones', 'one'],
    ['Constant', 'constant'],
    ['Identity', 'identity', 'IdentityInitializer'],
    ['Orthogonal', 'orthogonal', 'OrthogonalInitializer'],
    ['RandomNormal', 'random_normal', 'normal'],
    ['RandomUniform', 'random_uniform', 'uniform'],
    ['TruncatedNormal', 'truncated_normal'],
    ['VarianceScaling', 'variance_scaling'],
    ['GlorotNormal', 'glorot_normal'],
    ['GlorotUniform', 'glorot_uniform'],
    ['HeNormal', 'he_normal'],
    ['HeUniform', 'he_uniform'],
    ['LecunNormal', 'lecun_normal'],
    ['LecunUniform', 'lecun_uniform'],
  ])('%s goes by all its names', (className, ...names) => {
    for (const name of [className, ...names]) expect(getInitializer(name).className).toBe(className);
  });

  it('scale by the axes that are said to be inputs and outputs', async () => {
    setRandomSeed(3);
    const config = { inputAxes: [2], outputAxes: [0, 1], seed: null };
    const described = { className: 'GlorotUniform', config };
    expect(describeInitializer(described)).toEqual(described);
    const limit = Math.sqrt(6 / (64 + 2 * 3));
    const { most } = await moments(getInitializer(described)([2, 3, 64]));
    expect(most).toBeLessThan(limit);
    expect(most).toBeGreaterThan(0.9 * limit);
    expect(initializers.heNormal({ inputAxes: null, outputAxes: null }).config).toEqual({ seed: null });
    expect(() => initializers.heNormal({ inputAxes: [0] })).toThrow(/outputAxes/);
  });

  it('draws normal numbers with the mean and deviation asked for', async () => {
    const found = await moments(initializers.randomNormal({ mean: 3, stddev: 0.5, seed: 1 })([64, 64]));
    expect(Math.abs(found.mean - 3)).toBeLessThan((5 * 0.5) / 64);
    expect(Math.abs(found.deviation / 0.5 - 1)).toBeLessThan(5 / (Math.SQRT2 * 64));
    expect(found.most).toBeGreaterThan(3 + 2.5 * 0.5);
  });

  it.each([[[4, 4]], [[6, 3]], [[3, 6]], [[2, 2, 3]]])('makes orthonormal rows or columns of %j', async (shape) => {
    const weight = initializers.orthogonal({ gain: 2, seed: 5 })(shape, 'float64');
    const columns = shape.at(-1) as number;
    const matrix = reshape(weight, [-1, columns]);
    const tall = (matrix.shape[0] as number) >= columns;
    const products = await matmul(matrix, matrix, tall ? { transposeA: true } : { transposeB: true }).data();
    const n = Math.min(matrix.shape[0] as number, columns);
    const expected = Array.from({ length: n * n }, (_, i) => (i % (n + 1) === 0 ? 4 : 0));
    expect(relativeError(products, expected)).toBeLessThan(1e-12);
  });

  it('gives the same numbers for the same seed, and other numbers to every weight without one', async () => {
    const seeded = initializers.heNormal({ seed: 4 });
    expect(await seeded([5]).data()).toEqual(await seeded([5]).data());
    const fresh = initializers.heNormal();
    expect(await fresh([5]).data()).not.toEqual(await fresh([5]).data());
  });

  it('gives the same numbers again after setRandomSeed', async () => {
    setRandomSeed(9);
    const first = await getInitializer('glorot_uniform')([4]).data();
    setRandomSeed(9);
    expect(await getInitializer('glorotUniform')([4]).data()).toEqual(first);
  });

  it('are found by any spelling of their name, and by class and options', () => {
    for (const name of ['glorotUniform', 'glorot_uniform', 'GlorotUniform']) {
      expect(describeInitializer(name)).toEqual({ className: 'GlorotUniform', config: { seed: null } });
    }
    expect(getInitializer('uniform').className).toBe('RandomUniform');
    expect(getInitializer('IdentityInitializer').className).toBe('Identity');
    const described = { className: 'TruncatedNormal', config: { mean: 1, stddev: 2, seed: 3 }, module: 'keras' };
    expect(describeInitializer(described)).toEqual({ className: 'TruncatedNormal', config: described.config });
    const own = initializers.zeros();
    expect(getInitializer(own)).toBe(own);
  });

  it("reads 'normal' as the truncated distribution, as Keras 2 means it", () => {
    const old = {
      className: 'VarianceScaling',
      config: { scale: 2, mode: 'fan_in', distribution: 'normal', seed: null },
    };
    expect(getInitializer(old).config).toEqual({ ...old.config, distribution: 'truncated_normal' });
  });

  it('refuse unknown names, naming the known ones, and options out of range', () => {
    expect(() => getInitializer('glorot')).toThrow(/one of zeros, ones, .*glorotUniform.*received "glorot"/);
    expect(() => getInitializer('constructor')).toThrow(/received "constructor"/);
    expect(() => getInitializer({ className: 'HeNormal', config: { seed: 0.5 } })).toThrow(/HeNormal: expected seed/);
    expect(() => initializers.randomNormal({ stddev: -1 })).toThrow(/stddev to be a finite number, at least 0/);
    expect(() => initializers.orthogonal()([3])).toThrow(/rank 2 or more/);
    expect(() => initializers.identity()([3, 3, 3])).toThrow(/rank 2/);
    expect(() => initializers.heNormal()([3], 'int32')).toThrow(DTypeError);
  });
});
