import { type FileWeight, input, type Layer, layers, type Model, model, sequential } from 'mapache/layers';
import { ArgumentError, type Shape } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { bindWeights } from '../../../../src/io/weights/bindWeights.js';
import { nameWeights } from '../../../../src/io/weights/nameWeights.js';
import { weightSlots } from '../../../../src/io/weights/weightSlots.js';

/** Which weight of the model each name of a file goes to. */
function bind(net: Model, names: readonly string[], byName?: boolean): Record<string, string> {
  const slots = weightSlots(net);
  // Every name gets the shape of the weight at its place: enough wherever order matters.
  const weights = names.map((name, i): FileWeight => ({ name, shape: slots[i]?.variable.shape as Shape }));
  const binding = bindWeights('model.json', slots, weights, byName);
  return Object.fromEntries([...binding].map(([slot, { name }]) => [slot.path, name]));
}

const dense = (name: string) => layers.dense({ units: 2, useBias: false, name });

/** `start -> same -> a(same) -> b(same)`, all layers of one name where they may be. */
function twins(): Model {
  const start = input({ shape: [2] });
  const nested = (name: string) => sequential([layers.inputLayer({ shape: [2] }), dense('same')], { name });
  return model({ inputs: start, outputs: nested('b').apply(nested('a').apply(dense('same').apply(start))) });
}

function plain(): Model {
  return sequential([layers.inputLayer({ shape: [2] }), dense('one'), dense('two')]);
}

describe('names of weights in files', () => {
  it.each([
    ['as they are', ['one/kernel', 'two/kernel']],
    ['with the ending of TensorFlow', ['one/kernel:0', 'two/kernel:0']],
    ['in another order', ['two/kernel', 'one/kernel']],
    ['behind names of models', ['model/base/one/kernel', 'x/two/kernel']],
    ['with a part between', ['one/cell/kernel', 'two/kernel']],
    ['under the name of a depthwise kernel', ['one/depthwise_kernel', 'two/kernel']],
  ])('bind %s', (_, names) => {
    const expected = [...names].sort((a, b) => (a.includes('one') ? -1 : 1) - (b.includes('one') ? -1 : 1));
    expect(bind(plain(), names, true)).toEqual({ 'one/kernel': expected[0], 'two/kernel': expected[1] });
  });

  it('bind without a name for what has none in Keras 3, whatever its number', () => {
    const scale = layers.layerScale({ initValues: 0.5, projectionDim: 2, name: 'scale' });
    const net = sequential([layers.inputLayer({ shape: [2] }), dense('one'), scale]);
    for (const name of ['scale/variable', 'model/scale/variable_5:0']) {
      expect(bind(net, ['one/kernel', name], true)).toEqual({ 'one/kernel': 'one/kernel', 'scale/gamma': name });
    }
  });

  it('bind as Keras 3 numbers layers by class, in any order of the file', () => {
    const base = sequential(
      [layers.inputLayer({ shape: [2] }), dense('x'), layers.batchNormalization({ name: 'bn' })],
      { name: 'base' },
    );
    const net = sequential([layers.inputLayer({ shape: [2] }), dense('one'), base, dense('two')]);
    const names = [
      'layers/dense/vars/0',
      'layers/dense_1/vars/0',
      'layers/sequential/layers/batch_normalization/vars/0',
      'layers/sequential/layers/batch_normalization/vars/3',
      'layers/sequential/layers/dense/vars/0',
    ];
    expect(bind(net, names, true)).toEqual({
      'one/kernel': 'layers/dense/vars/0',
      'two/kernel': 'layers/dense_1/vars/0',
      'base/x/kernel': 'layers/sequential/layers/dense/vars/0',
      'base/bn/gamma': 'layers/sequential/layers/batch_normalization/vars/0',
      'base/bn/moving_variance': 'layers/sequential/layers/batch_normalization/vars/3',
    });
  });

  it('bind with the names of models around the layer where nested models have layers of one name', () => {
    expect(bind(twins(), ['a/same/kernel', 'same/kernel', 'b/same/kernel'], true)).toEqual({
      'same/kernel': 'same/kernel',
      'a/same/kernel': 'a/same/kernel',
      'b/same/kernel': 'b/same/kernel',
    });
  });

  it('bind in order where the file has one name as often as the model', () => {
    const slots = weightSlots(twins());
    const weights = slots.map(({ variable }, i) => ({ name: 'same/kernel', shape: variable.shape, i }));
    const binding = bindWeights('model.json', slots, weights, true);
    expect(slots.map((slot) => binding.get(slot)?.i)).toEqual([0, 1, 2]);
  });

  it('are refused where the file has one name more often than the model', () => {
    expect(() => bind(plain(), ['one/kernel', 'one/kernel'])).toThrow("'one/kernel'");
    expect(() => bind(twins(), ['same/kernel', 'same/kernel'])).toThrow('names of their own');
  });

  it('do not bind by guessing which of several is meant', () => {
    expect(bind(twins(), ['same/kernel'])).toEqual({});
  });

  it('bind in order if none is known and the weights are alike', () => {
    expect(bind(plain(), ['dense_7/kernel', 'dense_8/kernel'])).toEqual({
      'one/kernel': 'dense_7/kernel',
      'two/kernel': 'dense_8/kernel',
    });
    expect(bind(plain(), ['dense_7/kernel', 'dense_8/kernel'], true)).toEqual({});
    expect(bind(plain(), ['dense_7/kernel', 'dense_8/gamma'])).toEqual({});
    expect(bind(plain(), ['one/kernel', 'dense_8/kernel'])).toEqual({ 'one/kernel': 'one/kernel' });
  });

  it('do not matter where order is asked for, but kinds do', () => {
    expect(bind(plain(), ['two/kernel', 'one/kernel'], false)).toEqual({
      'one/kernel': 'two/kernel',
      'two/kernel': 'one/kernel',
    });
    expect(bind(plain(), ['a/kernel', 'b/gamma', 'c/kernel'], false)).toEqual({ 'one/kernel': 'a/kernel' });
  });
});

describe('names that are written', () => {
  it('are short where they can be, and tell twins apart', () => {
    expect(nameWeights(plain()).map(({ name }) => name)).toEqual(['one/kernel', 'two/kernel']);
    expect(nameWeights(twins()).map(({ name }) => name)).toEqual(['same/kernel', 'a/same/kernel', 'b/same/kernel']);
  });

  it('are those of Keras 2 for depthwise kernels', () => {
    const layer = layers.depthwiseConv2d({ kernelSize: 3, name: 'dw' });
    const net = sequential([layers.inputLayer({ shape: [4, 4, 2] }), layer]);
    expect(nameWeights(net).map(({ name }) => name)).toEqual(['dw/depthwise_kernel', 'dw/bias']);
  });

  it('find a way around slashes in names, and are refused where there is none', () => {
    const nested = (name: string, layer: string) =>
      sequential([layers.inputLayer({ shape: [2] }), dense(layer)], { name });
    const chain = (...steps: readonly Layer[]) => {
      const start = input({ shape: [2] });
      return model({ inputs: start, outputs: steps.reduce((x, step) => step.apply(x), start) });
    };
    expect(nameWeights(chain(nested('a', 'b'), dense('a/b'))).map(({ name }) => name)).toEqual([
      'b/kernel',
      'a/b/kernel',
    ]);
    const hopeless = chain(nested('a', 'b/c'), nested('a/b', 'c'), dense('b/c'), dense('c'));
    expect(() => nameWeights(hopeless)).toThrow(ArgumentError);
  });
});
