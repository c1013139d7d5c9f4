import {
  ArgumentError,
  addHead,
  EmptyDataError,
  fineTune,
  input,
  LabelError,
  LearningRateError,
  layers,
  loadModel,
  type Model,
  ModelFormatError,
  NonFiniteLossError,
  optimizers,
  ShapeError,
  sequential,
  setRandomSeed,
  tensor,
  UnknownLayerError,
  type Variable,
  WeightsMismatchError,
} from 'mapache';
import { beforeEach, describe, expect, test } from 'vitest';
import { classLabels, convolutionalBase, images } from '../support/convolutional-base.js';
import { caught, expectExplained } from '../support/explained-error.js';
import { bitsOf, expectSameBits, randomTensor } from '../support/tensors.js';

// Whatever comes in, an error of ours says who refused it and what to do, and everything is as it was before.

type Files = Readonly<Record<string, Uint8Array>>;

const quiet = { verbose: 0 } as const;

beforeEach(() => setRandomSeed(7));

/** A model in the middle of its training. */
async function inTraining(): Promise<Model> {
  const net = addHead(convolutionalBase(), { classes: 3 });
  net.compile({ optimizer: optimizers.adam({ learningRate: 0.125 }), metrics: ['accuracy'] });
  await net.fit(images(), classLabels(), quiet);
  return net;
}

const variablesOf = (net: Model): readonly Variable[] => [...net.variables, ...net.optimizer.variables];

/** Files in memory with something done to `model.json`. */
function rewritten(files: Files, change: (text: string) => string): Files {
  const text = change(new TextDecoder().decode(files['model.json']));
  return { ...files, 'model.json': new TextEncoder().encode(text) };
}

const shardOf = (files: Files): string => Object.keys(files).find((name) => name !== 'model.json') as string;
const otherHead = (): Model => addHead(convolutionalBase(), { classes: 4 });

type Kind = new (...args: never[]) => Error;

describe('bad input is explained, and changes nothing:', () => {
  test.each<[string, Kind, (net: Model, files: Files) => unknown]>([
    [
      'a layer applied to another shape than it was built for',
      ShapeError,
      (net) => net.getLayer('predictions').apply(input({ shape: [9] })),
    ],
    ['a model applied to pictures of another size', ShapeError, (net) => net.predict(randomTensor([1, 9, 9, 3], 1))],
    [
      'inputs of another shape than the model has',
      ShapeError,
      (net) => net.fit(randomTensor([12, 8, 8, 1], 1), classLabels(), quiet),
    ],
    [
      'a missing shard',
      ModelFormatError,
      (net, files) => {
        const { [shardOf(files)]: _, ...rest } = files;
        return net.loadWeights(rest);
      },
    ],
    [
      'a short shard',
      ModelFormatError,
      (net, files) =>
        net.loadWeights({ ...files, [shardOf(files)]: (files[shardOf(files)] as Uint8Array).slice(0, -4) }),
    ],
    [
      'a manifest that leaves its folder',
      ModelFormatError,
      (net, files) =>
        net.loadWeights(rewritten(files, (text) => text.replaceAll(shardOf(files), `../${shardOf(files)}`))),
    ],
    [
      'a layer of an unknown class',
      UnknownLayerError,
      (_, files) => loadModel(rewritten(files, (text) => text.replaceAll('"Dense"', '"Gremlin"'))),
    ],
    [
      'weights of another shape',
      WeightsMismatchError,
      async (net) => net.loadWeights((await otherHead().save('memory')).files),
    ],
    ['labels outside the classes', LabelError, (net) => net.fit(images(), tensor(Array(12).fill(3)), quiet)],
    ['an empty data set', EmptyDataError, (net) => net.fit({ size: 0, async *batches() {} }, quiet)],
    [
      'a data set that turns out to be empty',
      EmptyDataError,
      (net) => net.fit({ size: null, async *batches() {} }, quiet),
    ],
    [
      'an optimizer with NaN as its learning rate',
      ArgumentError,
      (net) => net.compile({ optimizer: optimizers.adam({ learningRate: Number.NaN }) }),
    ],
    [
      'a described optimizer with text as its learning rate',
      ArgumentError,
      (net) => net.compile({ optimizer: { className: 'Adam', config: { learningRate: 'fast' } } }),
    ],
    ['NaN as a new learning rate', ArgumentError, (net) => net.optimizer.setLearningRate(Number.NaN)],
    ['text as a new learning rate', ArgumentError, (net) => net.optimizer.setLearningRate('0.1' as never)],
    [
      'NaN as a learning rate to fine-tune with',
      LearningRateError,
      (net) => fineTune(net, { x: images(), y: classLabels() }, { ...quiet, learningRate: Number.NaN }),
    ],
    [
      'text as a learning rate to fine-tune with',
      LearningRateError,
      (net) => fineTune(net, { x: images(), y: classLabels() }, { ...quiet, learningRate: '1e-5' as never }),
    ],
  ])('%s', async (_, kind, act) => {
    const net = await inTraining();
    const { files } = await net.save('memory');
    const { optimizer } = net;
    const { compilation } = net.trainer;
    const nodes = () => net.layers.map(({ inboundNodes }) => inboundNodes.length);
    const before = { bits: await bitsOf(variablesOf(net)), key: net.trainableKey, nodes: nodes() };
    expectExplained(await caught(() => act(net, files)), kind);
    await expectSameBits(variablesOf(net), before.bits);
    expect(net.optimizer).toBe(optimizer);
    expect(net.trainer.compilation?.options).toEqual(compilation?.options);
    expect([net.trainableKey, nodes()]).toEqual([before.key, before.nodes]);
  });

  test.each<
    [
      string,
      Kind,
      () => { build(shape: readonly (number | null)[]): void; readonly built: boolean },
      readonly (number | null)[],
    ]
  >([
    ['a convolution built for vectors', ShapeError, () => layers.conv2d({ filters: 2, kernelSize: 3 }), [null, 4]],
    ['a dense layer built for features of unknown number', ShapeError, () => layers.dense({ units: 2 }), [null, null]],
    [
      'a model built for vectors that begins with a convolution',
      ShapeError,
      () => sequential([layers.conv2d({ filters: 2, kernelSize: 3 })]),
      [null, 4],
    ],
  ])('%s', async (_, kind, make, shape) => {
    const layer = make();
    expectExplained(await caught(() => layer.build(shape)), kind);
    expect(layer.built).toBe(false);
  });

  test('a loss that is NaN: named with epoch and batch, its step undone', async () => {
    const net = await inTraining();
    const good = { x: images(), y: classLabels() };
    const bad = {
      x: tensor(new Float32Array(12 * 8 * 8 * 3).fill(Number.NaN), { shape: [12, 8, 8, 3] }),
      y: classLabels(),
    };
    const data = {
      size: null,
      async *batches({ epoch }: { epoch: number }) {
        yield good;
        yield epoch === 1 ? bad : good;
      },
    };
    let before = new Map<Variable, Uint8Array>();
    const onTrainBatchBegin = async (): Promise<void> => {
      before = await bitsOf(variablesOf(net));
    };
    const error = await caught(() => net.fit(data, { ...quiet, epochs: 3, callbacks: [{ onTrainBatchBegin }] }));
    expectExplained(error, NonFiniteLossError);
    expect(error).toMatchObject({ position: { epoch: 1, batch: 1 }, loss: Number.NaN });
    expect(error.message).toContain('NaN in epoch 1, batch 1');
    await expectSameBits(variablesOf(net), before);
  });
});
