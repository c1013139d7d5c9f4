import { getActivation, layers, registerActivation } from 'mapache/layers';
import { mul, relu, type Tensor, tensor } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../../support/relative-error.js';

describe('activations', () => {
  const points = [-4, -1, 0, 0.5, 2, 7];

  it.each<[string, (x: number) => number]>([
    ['linear', (x) => x],
    ['leaky_relu', (x) => (x > 0 ? x : 0.2 * x)],
    ['hard_sigmoid', (x) => Math.min(Math.max(x + 3, 0), 6) / 6],
    ['hard_silu', (x) => (x * Math.min(Math.max(x + 3, 0), 6)) / 6],
    ['mish', (x) => x * Math.tanh(Math.log1p(Math.exp(x)))],
    ['softsign', (x) => x / (1 + Math.abs(x))],
    ['squareplus', (x) => (x + Math.sqrt(x * x + 4)) / 2],
    ['exponential', Math.exp],
  ])('%s has its formula', async (name, formula) => {
    const actual = await getActivation(name).apply(tensor(points)).data();
    expect(relativeError(actual, points.map(formula))).toBeLessThan(1e-6);
  });

  it('are found by any spelling and known to files by one', () => {
    expect(getActivation('hardSwish').name).toBe('hard_silu');
    expect(getActivation('swish').name).toBe('silu');
    expect(getActivation('logSoftmax').name).toBe('log_softmax');
    expect(getActivation(null).name).toBe('linear');
    expect(getActivation(relu).name).toBe('relu');
  });

  it('take functions of your own, which files know once they have a name', async () => {
    const double = (x: Tensor): Tensor => mul(x, 2);
    expect(
      await layers
        .dense({ units: 1, kernelInitializer: 'ones', activation: double })
        .apply(tensor([[3]]))
        .array(),
    ).toEqual([[6]]);
    registerActivation('my_double', double);
    expect(layers.activation({ activation: double }).getConfig()).toMatchObject({ activation: 'my_double' });
    expect(getActivation({ className: 'function', config: 'my_double' } as never).apply).toBe(double);
    expect(() => registerActivation('relu', double)).toThrow(/not taken/);
  });

  it('refuse unknown names, naming the known ones', () => {
    expect(() => getActivation('rleu')).toThrow(/one of linear, relu, .*received "rleu"/);
    expect(() => getActivation('__proto__')).toThrow(/received "__proto__"/);
  });
});
