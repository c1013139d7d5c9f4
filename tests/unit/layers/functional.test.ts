import {
  ArgumentError,
  cloneModel,
  input,
  layers,
  model,
  Sequential,
  ShapeError,
  sequential,
  setRandomSeed,
  type Tensor,
} from 'mapache';
import { beforeEach, describe, expect, test } from 'vitest';
import { bitsOf, randomTensor } from '../../support/tensors.js';

beforeEach(() => setRandomSeed(1));

const names = (net: { readonly layers: readonly { readonly name: string }[] }): readonly string[] =>
  net.layers.map(({ name }) => name);

describe('a functional model', () => {
  test('lists layers as Keras does: by distance from the outputs, then in the order a walk back meets them', () => {
    const a = input({ shape: [4], name: 'a' });
    const b = input({ shape: [4], name: 'b' });
    const long = layers.dense({ units: 3, name: 'long_2' }).apply(layers.dense({ units: 3, name: 'long_1' }).apply(a));
    const short = layers.dense({ units: 3, name: 'short' }).apply(b);
    const net = model({ inputs: [b, a], outputs: layers.add({ name: 'sum' }).apply([short, long]) });
    expect(names(net)).toEqual(['a', 'b', 'long_1', 'short', 'long_2', 'sum']);
  });

  test.each([
    { given: undefined, met: ['query', 'value', 'key'] },
    { given: ['query', 'value', 'key'], met: ['query', 'value', 'key'] },
    // What Python would be given by name comes in the order of names.
    { given: ['query', 'key', 'value'], met: ['query', 'key', 'value'] },
    { given: ['value', 'query', 'key'], met: ['key', 'query', 'value'] },
  ])('lists layers in the order of the arguments they lead to: $given', ({ given, met }) => {
    const x = input({ shape: [3, 4] });
    const inputs = (given ?? met).map((name, i) => layers.dense({ units: 4 - i, name }).apply(x));
    const attention = layers.multiHeadAttention({ numHeads: 1, keyDim: 2 });
    const net = model({ inputs: x, outputs: attention.applyAll(inputs, { inputNames: given }) });
    expect(names(net).slice(1, -1)).toEqual(met);
  });

  test('shares a layer between two inputs, with one set of weights', async () => {
    const [a, b] = [input({ shape: [3] }), input({ shape: [3] })];
    const shared = layers.dense({ units: 2, name: 'shared' });
    const net = model({ inputs: [a, b], outputs: layers.subtract().apply([shared.apply(a), shared.apply(b)]) });
    expect(net.weights).toHaveLength(2);
    const x = randomTensor([2, 3], 1);
    const [difference] = net.callWith([x, x], false) as readonly [Tensor];
    expect(await difference.array()).toEqual([
      [0, 0],
      [0, 0],
    ]);
  });

  test('gives several outputs, in their order', () => {
    const x = input({ shape: [3] });
    const outputs = [
      layers.dense({ units: 2, name: 'two' }).apply(x),
      layers.dense({ units: 5, name: 'five' }).apply(x),
    ];
    const net = model({ inputs: x, outputs });
    expect(net.outputShapes).toEqual([
      [null, 2],
      [null, 5],
    ]);
    expect(net.outputNames).toEqual(['two', 'five']);
    expect(() => net.output).toThrow(ArgumentError);
    expect(net.callWith([randomTensor([4, 3], 1)], false).map(({ shape }) => shape)).toEqual([
      [4, 2],
      [4, 5],
    ]);
  });

  test('keeps unknown sizes unknown, through strides and into nested models', () => {
    const image = input({ shape: [null, null, 3] });
    const conv = layers.conv2d({ filters: 4, kernelSize: 3, strides: 4, padding: 'same' });
    const inner = sequential([layers.inputLayer({ shape: [null, null, 4] }), layers.maxPooling2d({ poolSize: 3 })]);
    const x = inner.apply(conv.apply(image));
    expect(x.shape).toEqual([null, null, null, 4]);
    expect(layers.globalAveragePooling2d().apply(x).shape).toEqual([null, 4]);
  });

  test('is refused if an output depends on an input that was not named', () => {
    const [a, b] = [input({ shape: [2] }), input({ shape: [2], name: 'forgotten' })];
    const outputs = layers.add().apply([a, b]);
    expect(() => model({ inputs: a, outputs })).toThrow(/forgotten/);
  });

  test('is refused if two layers have one name', () => {
    const x = input({ shape: [2] });
    const twice = layers.dense({ units: 2, name: 'same' }).apply(layers.dense({ units: 2, name: 'same' }).apply(x));
    expect(() => model({ inputs: x, outputs: twice })).toThrow(/two called 'same'/);
  });

  test('refuses inputs of another shape when it is built or called, naming both', () => {
    const x = input({ shape: [4] });
    const net = model({ inputs: x, outputs: layers.dense({ units: 2 }).apply(x), name: 'net' });
    expect(() => net.apply(randomTensor([1, 5], 1))).toThrow(ShapeError);
    expect(() => net.apply(input({ shape: [5] }))).toThrow(/'net': expected an input with size 4 along axis 1/);
  });

  test('finds layers by name and by path into nested models, and lists the names otherwise', () => {
    const inner = sequential([layers.inputLayer({ shape: [2] }), layers.dense({ units: 2, name: 'deep' })], {
      name: 'in',
    });
    const x = input({ shape: [2], name: 'start' });
    const slashed = layers.dense({ units: 2, name: 'fire2/squeeze' });
    const net = model({ inputs: x, outputs: slashed.apply(inner.apply(x)) });
    expect(net.getLayer('in/deep')).toBe(inner.layers[0]);
    expect(net.getLayer('fire2/squeeze')).toBe(slashed);
    expect(() => net.getLayer('deep')).toThrow(/'start', 'in', 'fire2\/squeeze'/);
  });

  test('is cloned with the same architecture, frozen parts included, and weights of its own', async () => {
    const inner = sequential([layers.inputLayer({ shape: [2] }), layers.dense({ units: 3 })], { name: 'inner' });
    const x = input({ shape: [2] });
    const net = model({ inputs: x, outputs: layers.dense({ units: 2 }).apply(inner.apply(x, { training: false })) });
    inner.trainable = false;
    const copy = cloneModel(net);
    expect(copy.getConfig()).toEqual(net.getConfig());
    expect(copy.trainableKey).toBe(net.trainableKey);
    const [kernel] = [...(await bitsOf(net.weights)).values()];
    const [other] = [...(await bitsOf(copy.weights)).values()];
    expect(other).not.toEqual(kernel);
  });
});

describe('a sequential model', () => {
  test('is built by what it is applied to', () => {
    const net = sequential([layers.dense({ units: 3 }), layers.dense({ units: 2 })]);
    expect(net.built).toBe(false);
    expect(() => net.inputs).toThrow(ArgumentError);
    net.build([null, 5]);
    expect(net.weights.map(({ shape }) => shape)).toEqual([[5, 3], [3], [3, 2], [2]]);
    expect(net.outputShapes).toEqual([[null, 2]]);
  });

  test('takes the input of a model it begins with', () => {
    const base = sequential([layers.inputLayer({ shape: [4] }), layers.dense({ units: 3 })]);
    const net = new Sequential({ layers: [base, layers.dense({ units: 1 })] });
    expect(net.inputShapes).toEqual([[null, 4]]);
  });

  test('grows after it was built', () => {
    const net = sequential([layers.inputLayer({ shape: [4] }), layers.dense({ units: 3 })]);
    net.add(layers.dense({ units: 7 }));
    expect(net.outputShapes).toEqual([[null, 7]]);
  });
});

describe('the summary', () => {
  test('shows shapes, parameters, what trains, and which batch normalisations run in inference mode', () => {
    const base = sequential(
      [
        layers.inputLayer({ shape: [4, 4, 3] }),
        layers.conv2d({ filters: 2, kernelSize: 3, name: 'conv' }),
        layers.batchNormalization({ name: 'bn' }),
      ],
      { name: 'base' },
    );
    const x = input({ shape: [4, 4, 3] });
    const held = base.apply(x, { training: false });
    const frozen = layers.batchNormalization({ name: 'frozen', trainable: false }).apply(held);
    const live = layers.batchNormalization({ name: 'live' }).apply(frozen);
    const net = model({ inputs: x, outputs: layers.flatten({ name: 'flatten' }).apply(live), name: 'net' });
    const text = net.summary({ expandNested: true, print: () => {} });
    const row = (name: string): string => text.split('\n').find((line) => line.includes(`${name} (`)) ?? '';
    expect(row('base')).toMatch(/\[\?, 2, 2, 2\].*64.*Y \(4 of 6 weights\)/);
    expect(row('conv')).toMatch(/56 │ Y {2,}│/);
    expect(row('bn')).toMatch(/Y \(inference mode\)/);
    expect(row('frozen')).toMatch(/N \(inference mode\)/);
    expect(row('live')).toMatch(/8 │ Y {2,}│/);
    expect(row('flatten')).toMatch(/│ - /);
    expect(text).toContain('Total params: 80 (320.00 B)');
    expect(text).toContain('Trainable params: 64 (256.00 B)');
    expect(text).toContain('Non-trainable params: 16 (64.00 B)');
  });
});
