import { getActivation, layers, registerActivation } from 'mapache/layers';
import {
  celu,
  gelu,
  glu,
  hardShrink,
  mul,
  relu,
  softShrink,
  sparsemax,
  squareplus,
  type Tensor,
  tensor,
  threshold,
} from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../../support/relative-error.js';

// { name: activations.get(name)(tf.constant([[-4, -1, -0.75, -0.25, 0, 0.375, 0.5, 3]]))[0] for name in … }   # keras 3.15.1
const points = [[-4, -1, -0.75, -0.25, 0, 0.375, 0.5, 3]];
const expected: Readonly<Record<string, readonly number[]>> = {
  celu: [-0.98168439, -0.63212055, -0.52763343, -0.22119921, 0, 0.375, 0.5, 3],
  elu: [-0.98168439, -0.63212055, -0.52763343, -0.22119921, 0, 0.375, 0.5, 3],
  exponential: [0.018315639, 0.36787945, 0.47236654, 0.77880079, 1, 1.4549915, 1.6487212, 20.085537],
  gelu: [-0.00012668502, -0.15865526, -0.16997054, -0.10032342, 0, 0.24231367, 0.34573123, 2.9959502],
  glu: [-2, -0.59266663, -0.4668445, -0.23814353],
  hard_shrink: [-4, -1, -0.75, 0, 0, 0, 0, 3],
  hard_sigmoid: [0, 0.33333334, 0.375, 0.45833334, 0.5, 0.5625, 0.58333331, 1],
  hard_silu: [0, -0.33333334, -0.28125, -0.11458334, 0, 0.2109375, 0.29166666, 3],
  hard_tanh: [-1, -1, -0.75, -0.25, 0, 0.375, 0.5, 1],
  leaky_relu: [-0.80000001, -0.2, -0.15000001, -0.050000001, 0, 0.375, 0.5, 3],
  linear: [-4, -1, -0.75, -0.25, 0, 0.375, 0.5, 3],
  log_sigmoid: [-4.0181499, -1.3132616, -1.1368711, -0.82593942, -Math.LN2, -0.52312332, -0.47407699, -0.048587356],
  log_softmax: [-7.2514057, -4.2514057, -4.0014057, -3.5014055, -3.2514055, -2.8764055, -2.7514055, -0.25140557],
  mish: [-0.072591737, -0.3034015, -0.27649471, -0.12992698, 0, 0.26826859, 0.37524518, 2.9865351],
  relu: [0, 0, 0, 0, 0, 0.375, 0.5, 3],
  relu6: [0, 0, 0, 0, 0, 0.375, 0.5, 3],
  selu: [-1.7258986, -1.1113307, -0.92763197, -0.38889018, 0, 0.39401287, 0.52535051, 3.1521029],
  sigmoid: [0.01798621, 0.2689414, 0.32082132, 0.43782344, 0.5, 0.59266657, 0.62245935, 0.95257413],
  silu: [-0.07194484, -0.2689414, -0.24061599, -0.10945586, 0, 0.22224995, 0.31122968, 2.8577223],
  soft_shrink: [-3.5, -0.5, -0.25, 0, 0, 0, 0, 2.5],
  softmax: [0.00070917699, 0.014244199, 0.018289916, 0.030154971, 0.038719751, 0.056336902, 0.06383808, 0.77770698],
  softplus: [0.018149929, 0.31326169, 0.38687098, 0.57593948, Math.LN2, 0.89812332, 0.97407693, 3.0485871],
  softsign: [-0.80000001, -0.5, -0.42857143, -0.2, 0, 0.27272728, 0.33333334, 0.75],
  sparse_plus: [0, 0, 0.015625, 0.140625, 0.25, 0.47265625, 0.5625, 3],
  sparse_sigmoid: [0, 0, 0.125, 0.375, 0.5, 0.6875, 0.75, 1],
  sparsemax: [0, 0, 0, 0, 0, 0, 0, 1],
  squareplus: [0.23606801, 0.61803401, 0.69300044, 0.88278222, 1, 1.2049263, 1.2807764, 3.3027756],
  tanh: [-0.99932927, -0.76159418, -0.63514894, -0.24491866, 0, 0.3583574, 0.46211714, 0.99505472],
  tanh_shrink: [-3.0006707, -0.23840582, -0.11485106, -0.0050813407, 0, 0.0166426, 0.037882864, 2.0049453],
};

describe('activations', () => {
  it.each(Object.entries(expected))('%s has the values of Keras', async (name, values) => {
    const activation = getActivation(name);
    expect(activation.name).toBe(name);
    expect(relativeError(await activation.apply(tensor(points)).data(), values)).toBeLessThan(1e-6);
  });

  it.each<[string, (x: Tensor) => Tensor, readonly number[]]>([
    [
      'gelu(x, approximate=True)',
      (x) => gelu(x, { approximate: true }),
      [-7.0214272e-5, -0.15880799, -0.17003944, -0.10032465, 0, 0.24230777, 0.345714, 2.9963627],
    ],
    ['celu(x, 0.5)', (x) => celu(x, 0.5), [-0.49983227, -0.43233237, -0.38843492, -0.19673467, 0, 0.375, 0.5, 3]],
    ['threshold(x, 0.4, -2)', (x) => threshold(x, 0.4, -2), [-2, -2, -2, -2, -2, -2, 0.5, 3]],
    ['soft_shrink(x, 0.3)', (x) => softShrink(x, 0.3), [-3.7, -0.7, -0.45, 0, 0, 0.075, 0.2, 2.7]],
    ['hard_shrink(x, 0.3)', (x) => hardShrink(x, 0.3), [-4, -1, -0.75, 0, 0, 0.375, 0.5, 3]],
    [
      'squareplus(x, 1)',
      (x) => squareplus(x, 1),
      [0.061552763, 0.20710677, 0.25, 0.39038819, 0.5, 0.72150022, 0.809017, 3.0811388],
    ],
  ])('%s has the values of Keras', async (_, fn, values) => {
    expect(relativeError(await fn(tensor(points)).data(), values)).toBeLessThan(1e-6);
  });

  // z = [[0.2, 0.1, 0.3, 0.3], [1, 2, 3, 0.5], [0.5, 0.5, 0.5, 0.5]]; sparsemax(z), sparsemax(z, axis=0), glu(z)
  it('along an axis are those of Keras', async () => {
    const z = tensor([
      [0.2, 0.1, 0.3, 0.3],
      [1, 2, 3, 0.5],
      [0.5, 0.5, 0.5, 0.5],
    ]);
    expect(await sparsemax(z).data()).toEqual(Float32Array.of(0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0));
    expect(await sparsemax(z, 0).data()).toEqual(Float32Array.of(0, 0, 0, 0, 0.25, 1, 1, 0, 0, 0, 0, 0));
    const gated = [0.1148885115981102, 0.0574442557990551, 0.9525741338729858, 1.244918704032898, 0.3112296760082245];
    expect(relativeError(await glu(z).data(), [...gated, 0.3112296760082245])).toBeLessThan(1e-6);
    expect(() => glu(tensor([1, 2, 3]))).toThrow(/an even size/);
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
