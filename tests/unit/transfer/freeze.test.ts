import { type Model, setRandomSeed, type Variable } from 'mapache';
import { addHead, type FreezeReport, freeze, unfreeze } from 'mapache/transfer';
import { beforeEach, describe, expect, test } from 'vitest';
import { classLabels, convolutionalBase, images } from '../../support/convolutional-base.js';
import { bitsOf } from '../../support/tensors.js';

beforeEach(() => setRandomSeed(7));

const paths = (variables: readonly Variable[]) => variables.map(({ path }) => path);
const pathsOf = ({ variables }: FreezeReport) => paths(variables);
const trainableLayers = ({ layers: inside }: Model) =>
  inside.filter(({ trainable }) => trainable).map(({ name }) => name);

/** The weights whose bits a training changes. */
async function changedBy(net: Model, train: () => Promise<unknown>): Promise<readonly Variable[]> {
  const before = await bitsOf(net.weights);
  await train();
  const after = await bitsOf(net.weights);
  return net.weights.filter((weight) => before.get(weight)?.join() !== after.get(weight)?.join());
}

describe('freeze', () => {
  test('reports the layers and the weights that stopped training', () => {
    const base = convolutionalBase();
    const report = freeze(base, { until: 'conv2' });
    expect(report.layers).toEqual(['image', 'conv1', 'bn1', 'relu1']);
    expect(pathsOf(report)).toEqual(['conv1/kernel', 'conv1/bias', 'bn1/gamma', 'bn1/beta']);
    expect(paths(base.trainableWeights)).toEqual(['conv2/kernel', 'conv2/bias', 'bn2/gamma', 'bn2/beta']);
  });

  test('reports nothing that was frozen before', () => {
    const base = convolutionalBase();
    freeze(base, { match: /^conv/ });
    const report = freeze(base, { until: 'conv2' });
    expect(report.layers).toEqual(['image', 'bn1', 'relu1']);
    expect(pathsOf(report)).toEqual(['bn1/gamma', 'bn1/beta']);
    expect(freeze(base, { until: 'conv2' })).toEqual({ layers: [], variables: [] });
  });

  test('of everything freezes the model itself; a part leaves it trainable', () => {
    const base = convolutionalBase();
    freeze(base, { match: /^conv/ });
    expect(base.trainable).toBe(true);
    expect(trainableLayers(base)).toEqual(['image', 'bn1', 'relu1', 'bn2', 'relu2']);
    freeze(base);
    expect(base.trainable).toBe(false);
    expect(trainableLayers(base)).toEqual([]);
  });

  test('of a nested model freezes it and leaves the others as they are', () => {
    const net = addHead(convolutionalBase(), { classes: 3 });
    const report = freeze(net, { layers: ['base'] });
    expect(report.layers).toHaveLength(7);
    expect(net.trainable).toBe(true);
    expect(net.getLayer('base').trainable).toBe(false);
    expect(paths(net.trainableWeights)).toEqual(['predictions/kernel', 'predictions/bias']);
  });

  test('holds at the next batch, without compiling again: the report names what stops changing', async () => {
    const net = addHead(convolutionalBase(), { classes: 3 });
    net.compile({ optimizer: 'adam' });
    const train = () => net.fit(images(), classLabels(), { verbose: 0 });
    const all = net.trainableWeights;
    expect(await changedBy(net, train)).toEqual(all);
    const { variables } = freeze(net, { until: 'bn2' });
    expect(await changedBy(net, train)).toEqual(all.filter((weight) => !variables.includes(weight)));
  });
});

describe('unfreeze', () => {
  test('from a layer on reports the weights that train from now on', () => {
    const base = convolutionalBase();
    freeze(base);
    const report = unfreeze(base, { from: 'bn2' });
    expect(report.layers).toEqual(['bn2', 'relu2']);
    expect(pathsOf(report)).toEqual(['bn2/gamma', 'bn2/beta']);
    expect(report.variables).toEqual(base.trainableWeights);
    expect(base.trainable).toBe(true);
    expect(trainableLayers(base)).toEqual(['bn2', 'relu2']);
    expect(pathsOf(unfreeze(base))).toEqual([
      'conv1/kernel',
      'conv1/bias',
      'bn1/gamma',
      'bn1/beta',
      'conv2/kernel',
      'conv2/bias',
    ]);
  });

  test('opens the models around a layer as far as it needs', () => {
    const net = addHead(convolutionalBase(), { classes: 3 });
    freeze(net);
    const base = net.getLayer('base') as Model;
    expect([net.trainable, base.trainable]).toEqual([false, false]);
    const report = unfreeze(net, { layers: ['base/conv2'] });
    expect(pathsOf(report)).toEqual(['conv2/kernel', 'conv2/bias']);
    expect([net.trainable, base.trainable]).toEqual([true, true]);
    expect(trainableLayers(net)).toEqual(['base']);
    expect(trainableLayers(base)).toEqual(['conv2']);
  });

  test('works inside the model it is given: a frozen model around that one still keeps its weights from training', () => {
    const base = convolutionalBase();
    const net = addHead(base, { classes: 3 });
    net.trainable = false;
    const report = unfreeze(base, { layers: ['conv2'] });
    expect(pathsOf(report)).toEqual(['conv2/kernel', 'conv2/bias']);
    expect(net.trainableWeights).toEqual([]);
  });

  test('of what was frozen by its own flag works as well', () => {
    const base = convolutionalBase();
    for (const layer of base.layers) layer.trainable = false;
    expect(pathsOf(unfreeze(base, { layers: ['conv1'] }))).toEqual(['conv1/kernel', 'conv1/bias']);
    base.getLayer('conv1').trainable = false;
    expect(base.trainableWeights).toEqual([]);
  });

  test('leaves statistics out of the report', () => {
    const net = addHead(convolutionalBase(), { classes: 3 });
    freeze(net);
    const { variables } = unfreeze(net);
    expect(variables).toEqual(net.trainableWeights);
    expect(paths(variables).filter((path) => path.includes('moving'))).toEqual([]);
  });

  test('from the middle: a further fit changes exactly the reported weights and those that trained already', async () => {
    const base = convolutionalBase();
    freeze(base);
    const net = addHead(base, { classes: 3 });
    net.compile({ optimizer: 'adam' });
    const train = () => net.fit(images(), classLabels(), { epochs: 2, batchSize: 4, verbose: 0 });
    const head = net.trainableWeights;
    expect(await changedBy(net, train)).toEqual(head);
    const { variables } = unfreeze(base, { from: 'conv2' });
    expect(paths(variables)).toEqual(['conv2/kernel', 'conv2/bias', 'bn2/gamma', 'bn2/beta']);
    expect(await changedBy(net, train)).toEqual([...variables, ...head]);
  });
});
