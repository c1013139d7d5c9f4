import { ArgumentError, mul, ShapeError, setRandomSeed, type Variable } from 'mapache';
import { clearSession, input, layers, type Model, model, sequential } from 'mapache/layers';
import { addHead, applications, type HeadOptions, unfreeze } from 'mapache/transfer';
import { beforeEach, describe, expect, test } from 'vitest';
import { classLabels, convolutionalBase, images } from '../../support/convolutional-base.js';
import { errorInRange } from '../../support/error-in-range.js';
import { caught, expectExplained } from '../../support/explained-error.js';
import { bitsOf, expectSameBits, randomTensor } from '../../support/tensors.js';

beforeEach(() => {
  clearSession();
  setRandomSeed(7);
});

/** The layers after the base, each with the options a head chooses. */
function headOf(net: Model): readonly unknown[] {
  const [, , ...head] = net.layers;
  return head.map((layer) => {
    const { units, activation, rate } = layer.getConfig();
    return [layer.className, ...[units, activation, rate].filter((option) => option !== undefined)];
  });
}

/** A base that gives vectors of 6. */
function vectors(): Model {
  return sequential([convolutionalBase(), layers.globalAveragePooling2d()], { name: 'vectors' });
}

describe('addHead', () => {
  const pooling = ['GlobalAveragePooling2D'];
  const softmax = ['Dense', 3, 'softmax'];

  test.each<[string, HeadOptions, readonly unknown[]]>([
    ['a number of classes', { classes: 3 }, [pooling, softmax]],
    ['names of classes', { classes: ['cat', 'dog', 'raccoon'] }, [pooling, softmax]],
    ['units, for regression', { units: 1 }, [pooling, ['Dense', 1, 'linear']]],
    ['an activation', { classes: 3, activation: 'linear' }, [pooling, ['Dense', 3, 'linear']]],
    ['maximum pooling', { classes: 3, pooling: 'max' }, [['GlobalMaxPooling2D'], softmax]],
    ['no pooling', { classes: 3, pooling: 'flatten' }, [['Flatten'], softmax]],
    ['a hidden layer', { classes: 3, hidden: 8 }, [pooling, ['Dense', 8, 'relu'], softmax]],
    ['dropout', { classes: 3, dropout: 0.5 }, [pooling, ['Dropout', 0.5], softmax]],
    [
      'hidden layers, with dropout before each dense layer',
      { classes: 3, hidden: [8, 4], dropout: 0.5 },
      [
        pooling,
        ['Dropout', 0.5],
        ['Dense', 8, 'relu'],
        ['Dropout', 0.5],
        ['Dense', 4, 'relu'],
        ['Dropout', 0.5],
        softmax,
      ],
    ],
  ])('with %s', (_, options, expected) => {
    const net = addHead(convolutionalBase(), options);
    expect(headOf(net)).toEqual(expected);
    expect(net.outputShapes).toEqual([[null, options.units ?? 3]]);
    expect(net.outputNames).toEqual(['predictions']);
  });

  test('takes vectors as they are', () => {
    expect(headOf(addHead(vectors(), { classes: 3 }))).toEqual([softmax]);
  });

  test('keeps the base as one layer, with its weights', () => {
    const base = convolutionalBase();
    const net = addHead(base, { classes: 3, name: 'raccoons' });
    expect(net.name).toBe('raccoons');
    expect(net.getLayer('base')).toBe(base);
    expect(net.weights.slice(0, -2)).toEqual(base.weights);
    expect(net.inputShapes).toEqual(base.inputShapes);
  });

  test('rescales pixels in front of the base if asked to', async () => {
    const base = convolutionalBase();
    const net = addHead(base, { classes: 3, rescaling: { scale: 2, offset: -1 } });
    expect(net.layers.map(({ className }) => className).slice(0, 3)).toEqual(['InputLayer', 'Rescaling', 'Functional']);
    const plain = addHead(base, { classes: 3 });
    for (const [i, weight] of plain.weights.entries()) weight.assign((net.weights[i] as typeof weight).value);
    const x = randomTensor([2, 8, 8, 3], 1);
    const scaled = layers.rescaling({ scale: 2, offset: -1 }).apply(x);
    expect(await (await net.predict(x)).array()).toEqual(await (await plain.predict(scaled)).array());
  });

  test('gives class names to travel with the model, and none where there are none', () => {
    const classNames = ['cat', 'dog', 'raccoon'];
    const { metadata } = addHead(convolutionalBase(), { classes: classNames });
    expect(metadata).toEqual({ classNames });
    expect(metadata.classNames).not.toBe(classNames);
    expect(addHead(convolutionalBase(), { classes: 3 }).metadata).toEqual({});
  });

  test('tells what the base asks of its input, unless the new model rescales it', () => {
    const base = convolutionalBase();
    base.metadata = { application: 'Xception', preprocessing: 'tf', inputRange: [-1, 1], classNames: ['a'] };
    expect(addHead(base, { classes: 3 }).metadata).toEqual({ preprocessing: 'tf', inputRange: [-1, 1] });
    const rescaling = { scale: 1 / 127.5, offset: -1 };
    expect(addHead(base, { classes: 3, rescaling }).metadata).toEqual({});
  });

  test.each<[string, HeadOptions, string, object]>([
    ['classes', { classes: 3 }, 'SparseCategoricalCrossentropy', { fromLogits: false }],
    ['classes as logits', { classes: 3, activation: 'linear' }, 'SparseCategoricalCrossentropy', { fromLogits: true }],
    ['units', { units: 3 }, 'MeanSquaredError', {}],
  ])('gives a loss for %s to compile without one', async (_, options, className, config) => {
    const net = addHead(convolutionalBase(), options);
    net.compile({ optimizer: 'sgd' });
    const [term] = net.trainer.compilation?.lossTerms ?? [];
    expect(term?.loss.className).toBe(className);
    expect(term?.loss.getConfig()).toMatchObject(config);
    const y = options.units === undefined ? classLabels() : randomTensor([12, 3], 1);
    const { history } = await net.fit(images(), y, { epochs: 3, verbose: 0 });
    expect(history.loss?.[2]).toBeLessThan(history.loss?.[0] as number);
  });

  test('leaves the loss to compile where one is given', () => {
    const net = addHead(convolutionalBase(), { classes: 3 });
    net.compile({ optimizer: 'sgd', loss: 'categorical_crossentropy' });
    expect(net.trainer.compilation?.lossTerms[0]?.loss.className).toBe('CategoricalCrossentropy');
  });

  describe('batchNormalization', () => {
    const train = async (options: Partial<HeadOptions>) => {
      const base = convolutionalBase();
      const net = addHead(base, { classes: 3, ...options });
      net.compile({ optimizer: 'sgd' });
      const before = await bitsOf(base.nonTrainableWeights);
      await net.fit(images(), classLabels(), { verbose: 0 });
      return { base, before };
    };

    test.each<[string, Partial<HeadOptions>]>([
      ['by default', {}],
      ["with 'inference'", { batchNormalization: 'inference' }],
    ])('%s keeps the statistics of a base that trains', async (_, options) => {
      const { base, before } = await train(options);
      expect(before.size).toBe(4);
      await expectSameBits(base.nonTrainableWeights, before);
    });

    test("with 'training' lets them adapt", async () => {
      const { base, before } = await train({ batchNormalization: 'training' });
      const after = await bitsOf(base.nonTrainableWeights);
      for (const [variable, bits] of after) expect(bits, variable.path).not.toEqual(before.get(variable));
    });
  });

  describe('cut', () => {
    test('leaves off what comes after a layer, and shares the others', () => {
      const base = convolutionalBase();
      const net = addHead(base, { classes: 3, cut: 'relu1' });
      const body = net.getLayer('base') as Model;
      expect(body.layers.map(({ name }) => name)).toEqual(['image', 'conv1', 'bn1', 'relu1']);
      expect(body.outputShapes).toEqual([[null, 4, 4, 4]]);
      expect(body.getLayer('conv1')).toBe(base.getLayer('conv1'));
    });

    test('keeps frozen layers frozen, and they can be unfrozen by the old base or the new model', () => {
      const base = convolutionalBase();
      base.trainable = false;
      const net = addHead(base, { classes: 3, cut: 'relu1' });
      expect(net.trainableWeights.map(({ path }) => path)).toEqual(['predictions/kernel', 'predictions/bias']);
      unfreeze(base, { layers: ['bn1'] });
      unfreeze(net, { layers: ['conv1'] });
      const trained = ['conv1/kernel', 'conv1/bias', 'bn1/gamma', 'bn1/beta', 'predictions/kernel', 'predictions/bias'];
      expect(net.trainableWeights.map(({ path }) => path)).toEqual(trained);
    });

    test('takes an old head off a sequential model, and off a model that has a head already', () => {
      const old = sequential([vectors(), layers.dense({ units: 9, name: 'old' })], { name: 'net' });
      expect(headOf(addHead(old, { classes: 3, cut: 'vectors' }))).toEqual([softmax]);
      const headed = addHead(convolutionalBase(), { classes: 9, name: 'headed' });
      const net = addHead(headed, { classes: 3, cut: 'base' });
      expect(headOf(net)).toEqual([pooling, softmax]);
      expect(net.weights).toHaveLength(14);
    });
  });
});

describe('addHead with the preprocessing of the base', () => {
  test.each(['tf', 'torch', 'caffe'] as const)('%s: takes pixels and gives the same', async (mode) => {
    const base = convolutionalBase();
    base.metadata = { preprocessing: mode, inputRange: [-1, 1] };
    const inside = addHead(base, { classes: 3, includePreprocessing: true });
    const outside = addHead(base, { classes: 3 });
    outside.weights.at(-2)?.assign((inside.weights.at(-2) as Variable).value);
    const pixels = mul(randomTensor([2, 8, 8, 3], 1), 64);
    const expected = Float32Array.from(await (await outside.predict(applications.preprocessor(mode)(pixels))).data());
    const received = Float32Array.from(await (await inside.predict(pixels)).data());
    expect(errorInRange(received, expected)).toBeLessThan(1e-5);
    expect(inside.metadata).toEqual({ preprocessing: 'none', inputRange: [0, 255] });
  });

  test('is nothing where the base says nothing', () => {
    const net = addHead(convolutionalBase(), { classes: 3, includePreprocessing: true });
    expect(net.layers).toHaveLength(addHead(convolutionalBase(), { classes: 3 }).layers.length);
    expect(net.metadata).toEqual({});
  });
});

describe('a head is refused, and the base left alone, for', () => {
  function twoOutputs(): Model {
    const x = input({ shape: [4] });
    return model({ inputs: x, outputs: [1, 2].map((units) => layers.dense({ units }).apply(x)) });
  }
  function sequences(): Model {
    const x = input({ shape: [5, 4] });
    return model({ inputs: x, outputs: layers.dense({ units: 2 }).apply(x) });
  }
  function anySize(): Model {
    const x = input({ shape: [null, null, 3] });
    return model({ inputs: x, outputs: layers.conv2d({ filters: 2, kernelSize: 1 }).apply(x) });
  }

  test.each<[string, HeadOptions, (() => Model)?]>([
    ['neither classes nor units', {}],
    ['both classes and units', { classes: 3, units: 3 }],
    ['one class', { classes: 1 }],
    ['one name of a class', { classes: ['cat'] }],
    ['half a class', { classes: 2.5 }],
    ['NaN as units', { units: Number.NaN }],
    ['0 units', { units: 0 }],
    ['dropout of everything and more', { classes: 3, dropout: 1.5 }],
    ['a negative dropout', { classes: 3, dropout: -0.5 }],
    ['NaN as dropout', { classes: 3, dropout: Number.NaN }],
    ['a hidden layer without units', { classes: 3, hidden: 0 }],
    ['hidden layers, one of them without units', { classes: 3, hidden: [8, 0] }],
    ['an unknown activation', { classes: 3, activation: 'softmix' }],
    ['an unknown pooling', { classes: 3, pooling: 'mean' as never }],
    ['an unknown mode of batch normalisation', { classes: 3, batchNormalization: 'frozen' as never }],
    ['two ways to prepare pixels', { classes: 3, rescaling: { scale: 1 }, includePreprocessing: true }],
    ['a rescaling that is no number', { classes: 3, rescaling: { scale: Number.NaN } }],
    ['an unknown layer to cut at', { classes: 3, cut: 'conv9' }],
    ['a base with two outputs', { classes: 3 }, twoOutputs],
    ['sequences without a way to pool them', { classes: 3 }, sequences],
    ['maps of unknown size to be flattened', { classes: 3, pooling: 'flatten' }, anySize],
  ])('%s', async (_, options, make = convolutionalBase) => {
    const base = make();
    const nodes = base.inboundNodes.length;
    expectExplained(await caught(() => addHead(base, options)), ArgumentError);
    expect(base.inboundNodes).toHaveLength(nodes);
  });

  test('a layer inside a nested model to cut at', async () => {
    const net = addHead(convolutionalBase(), { classes: 3 });
    expectExplained(await caught(() => addHead(net, { classes: 3, cut: 'base/conv2' })), ArgumentError);
  });

  test('pictures of another size, when it is applied', async () => {
    const net = addHead(convolutionalBase(), { classes: 3 });
    expectExplained(await caught(() => net.predict(randomTensor([1, 9, 9, 3], 1))), ShapeError);
  });
});
