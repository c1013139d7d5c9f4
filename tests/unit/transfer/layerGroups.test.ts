import { ArgumentError } from 'mapache';
import { clearSession, input, layers, type Model, model, sequential } from 'mapache/layers';
import { addHead, applications, freeze, type LayerGroup, layerGroups, unfreeze } from 'mapache/transfer';
import { beforeEach, describe, expect, test } from 'vitest';
import { convolutionalBase } from '../../support/convolutional-base.js';
import { caught, expectExplained } from '../../support/explained-error.js';

beforeEach(clearSession);

const firsts = (groups: readonly LayerGroup[]): readonly (string | undefined)[] => groups.map(([leaf]) => leaf?.path);
const names = (groups: readonly LayerGroup[]): readonly string[][] =>
  groups.map((group) => group.map(({ layer }) => layer.name));
const small = { inputShape: [32, 32, 3] as const, weights: null };

describe('layerGroups', () => {
  test('cuts a base nobody has named groups of in thirds, and has the head behind it', () => {
    const groups = layerGroups(addHead(convolutionalBase(), { classes: 3, hidden: 4 }));
    expect(names(groups)).toEqual([
      ['input_layer', 'image', 'conv1'],
      ['bn1', 'relu1', 'conv2'],
      ['bn2', 'relu2'],
      ['global_average_pooling2d', 'dense', 'predictions'],
    ]);
  });

  test('takes the last layer with weights for the head of a model that holds no base', () => {
    const net = sequential([
      layers.inputLayer({ shape: [4] }),
      ...['a', 'b', 'c', 'd'].map((name) => layers.dense({ units: 4, name })),
      layers.softmax({ name: 'e' }),
    ]);
    expect(names(layerGroups(net)).map((group) => group.at(-1))).toEqual(['a', 'b', 'c', 'e']);
    const one = sequential([layers.inputLayer({ shape: [4] }), layers.dense({ units: 4, name: 'only' })]);
    expect(layerGroups(one)).toHaveLength(1);
  });

  test('begins groups at the layers it is given', () => {
    const net = addHead(convolutionalBase(), { classes: 3 });
    expect(firsts(layerGroups(net, ['bn1', 'base/conv2', 'predictions']))).toEqual([
      'input_layer',
      'base/bn1',
      'base/conv2',
      'predictions',
    ]);
  });

  test.each([
    ['an unknown layer', ['nobody']],
    ['layers in another order', ['bn2', 'bn1']],
    ['the first layer', ['input_layer']],
  ])('refuses %s', async (_, starts) => {
    const net = addHead(convolutionalBase(), { classes: 3 });
    expectExplained(await caught(() => layerGroups(net, starts)), ArgumentError);
  });

  test('knows the groups of an application under a head, also when its base is cut, nested once more, or has a top', () => {
    const { mobileNetV2 } = applications;
    const base = mobileNetV2.build({ alpha: 0.35, includeTop: false, inputShape: [32, 32, 3] });
    const { groups } = mobileNetV2.record;
    const inside = groups.map((name) => `${base.name}/${name}`);
    expect(firsts(layerGroups(base)).slice(1)).toEqual(groups);
    const headed = addHead(base, { classes: 3 });
    expect(firsts(layerGroups(headed)).slice(1)).toEqual([...inside, 'predictions']);
    const cut = addHead(base, { classes: 3, cut: 'block_12_add' });
    expect(firsts(layerGroups(cut)).slice(1)).toEqual([...inside.slice(0, 3), 'predictions']);
    const x = input({ shape: [32, 32, 3] });
    const features = layers.globalAveragePooling2d().apply(base.apply(x));
    const own = model({ inputs: x, outputs: layers.dense({ units: 2, name: 'own' }).apply(features) });
    expect(firsts(layerGroups(own)).slice(1, -1)).toEqual(inside);
    const top = mobileNetV2.build({ alpha: 0.35, inputShape: [32, 32, 3] });
    expect(firsts(layerGroups(top)).slice(1)).toEqual([...groups, 'predictions']);
  });

  test('finds groups that are models themselves', () => {
    const base = applications.convNeXtTiny.build({ inputShape: small.inputShape, includeTop: false });
    expect(firsts(layerGroups(addHead(base, { classes: 2 })))).toHaveLength(5);
  });
});

describe('freeze and unfreeze', () => {
  const headed = (): Model => addHead(convolutionalBase(), { classes: 3 });
  const trained = (net: Model): readonly string[] => [
    ...new Set(net.trainableWeights.map(({ path }) => path.split('/')[0] as string)),
  ];

  test('by group', () => {
    const net = headed();
    freeze(net, { group: 0 });
    expect(trained(net)).toEqual(['bn1', 'conv2', 'bn2', 'predictions']);
    freeze(net);
    unfreeze(net, { group: [1, -1] });
    expect(trained(net)).toEqual(['bn1', 'conv2', 'predictions']);
  });

  test('by depth', () => {
    const net = headed();
    freeze(net, { depth: 4 });
    expect(trained(net)).toEqual(['conv2', 'bn2', 'predictions']);
    freeze(net);
    unfreeze(net, { depth: -3 });
    expect(trained(net)).toEqual(['predictions']);
  });

  test.each([{ group: 9 }, { group: -5 }, { group: 0.5 }, { group: [] }, { depth: 99 }, { depth: 1.5 }])(
    'refuse %s',
    async (selection) => {
      const net = headed();
      expectExplained(await caught(() => freeze(net, selection)), ArgumentError);
      expect(trained(net)).toHaveLength(5);
    },
  );
});
