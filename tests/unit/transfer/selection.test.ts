import { ArgumentError } from 'mapache';
import { clearSession, input, type Layer, layers, Model, model, sequential } from 'mapache/layers';
import { addHead, freeze, type Selection, unfreeze } from 'mapache/transfer';
import { beforeEach, describe, expect, test } from 'vitest';
import { convolutionalBase } from '../../support/convolutional-base.js';
import { caught, expectExplained } from '../../support/explained-error.js';

beforeEach(clearSession);

const inBase = ['image', 'conv1', 'bn1', 'relu1', 'conv2', 'bn2', 'relu2'].map((name) => `base/${name}`);
const head = ['global_average_pooling2d', 'predictions'];
const headed = (): Model => addHead(convolutionalBase(), { classes: 3 });

/** Every flag inside a model, of layers and of weights. */
function flagsOf(net: Model): readonly boolean[] {
  const everyLayer = (layer: Layer): readonly Layer[] => [layer, ...layer.sublayers.flatMap(everyLayer)];
  return [...everyLayer(net), ...net.weights].map(({ trainable }) => trainable);
}

describe('a selection', () => {
  test.each<[string, Selection, readonly string[]]>([
    ['nothing: everything', {}, ['input_layer', ...inBase, ...head]],
    ['fields without a value', { until: undefined as never }, ['input_layer', ...inBase, ...head]],
    ['until a path: what is before, without it', { until: 'base/conv2' }, ['input_layer', ...inBase.slice(0, 4)]],
    ['until the bare name of a nested layer', { until: 'conv2' }, ['input_layer', ...inBase.slice(0, 4)]],
    ['until a nested model', { until: 'base' }, ['input_layer']],
    ['until the first layer: nothing', { until: 'input_layer' }, []],
    ['from a path: it and what is after', { from: 'base/bn2' }, [...inBase.slice(5), ...head]],
    ['from the bare name of a nested layer', { from: 'bn2' }, [...inBase.slice(5), ...head]],
    ['from a nested model', { from: 'base' }, [...inBase, ...head]],
    ['from the last layer', { from: 'predictions' }, ['predictions']],
    ['a pattern for paths', { match: /^base\/(bn|conv)1$/ }, ['base/conv1', 'base/bn1']],
    ['a pattern that remembers where it stopped', { match: /conv1|bn1/g }, ['base/conv1', 'base/bn1']],
    ['layers, in the order of the model', { layers: ['predictions', 'base/conv1'] }, ['base/conv1', 'predictions']],
    ['layers by their bare names', { layers: ['conv1', 'bn2'] }, ['base/conv1', 'base/bn2']],
    ['a nested model among layers: all inside', { layers: ['base'] }, inBase],
  ])('%s', (_, selection, expected) => {
    expect(freeze(headed(), selection).layers).toEqual(expected);
  });

  test('may hold layers themselves', () => {
    const net = headed();
    const base = net.getLayer('base') as Model;
    expect(freeze(net, { layers: [base.getLayer('conv2')] }).layers).toEqual(['base/conv2']);
    expect(unfreeze(net, { layers: [base] }).layers).toEqual(['base/conv2']);
  });

  test('finds models and layers several models deep', () => {
    const net = sequential([headed(), layers.dense({ units: 2, name: 'last' })], { name: 'outer' });
    expect(freeze(net, { layers: ['base'] }).layers).toEqual(inBase.map((path) => `functional/${path}`));
    expect(unfreeze(net, { layers: ['functional/base/conv1'] }).layers).toEqual(['functional/base/conv1']);
    expect(unfreeze(net, { layers: ['bn1'] }).layers).toEqual(['functional/base/bn1']);
  });

  test('means the layer of the model itself where a nested one has the same name', () => {
    const inner = sequential([layers.inputLayer({ shape: [2] }), layers.dense({ units: 2, name: 'same' })], {
      name: 'a',
    });
    const net = sequential([inner, layers.dense({ units: 2, name: 'same' })]);
    expect(freeze(net, { layers: ['same'] }).layers).toEqual(['same']);
  });
});

describe('a selection is refused, and nothing changes, for', () => {
  /** Two nested models with layers of the same name. */
  function twins(): Model {
    const start = input({ shape: [2] });
    const nested = (name: string) =>
      sequential([layers.inputLayer({ shape: [2] }), layers.dense({ units: 2, name: 'same' })], { name });
    return model({ inputs: start, outputs: nested('b').apply(nested('a').apply(start)), name: 'twins' });
  }
  const stranger = layers.dense({ units: 1, name: 'stranger' });

  test.each<[string, () => Model, Selection, string]>([
    ['an unknown name in until', headed, { until: 'conv9' }, '"conv9"'],
    ['an unknown name in from', headed, { from: 'base/conv9' }, '"base/conv9"'],
    ['an unknown name among layers', headed, { layers: ['conv1', 'conv9'] }, '"conv9"'],
    ['a pattern that matches nothing', headed, { match: /^conv1$/ }, '/^conv1$/'],
    ['two fields', headed, { from: 'conv1', match: /bn/ }, 'from and match'],
    ['a field that does not exist', headed, { form: 'conv1' } as Selection, 'form'],
    ['no layers', headed, { layers: [] }, 'an empty list'],
    ['a layer of another model', headed, { layers: ['conv1', stranger] }, "'stranger' of another model"],
    ['a bare name that two layers have', twins, { layers: ['same'] }, '"same", the name of 2 layers'],
    ['a bare name that two layers have, in from', twins, { from: 'same' }, '"same", the name of 2 layers'],
  ])('%s', async (_, make, selection, received) => {
    for (const action of [freeze, unfreeze]) {
      const net = make();
      // Some are frozen, some not: both actions have something they could change.
      freeze(net, { layers: [net.layers.find((layer) => layer instanceof Model) as Model] });
      const before = flagsOf(net);
      expect(new Set(before)).toEqual(new Set([true, false]));
      const error = await caught(() => action(net, selection));
      expectExplained(error, ArgumentError);
      expect(error.operation).toBe(action.name);
      expect(error.received).toContain(received);
      expect(flagsOf(net)).toEqual(before);
    }
  });
});
