import {
  addHead,
  fineTune,
  freeze,
  gradients,
  input,
  layers,
  losses,
  metrics,
  model,
  optimizers,
  sequential,
  setRandomSeed,
  type Tensor,
  tensor,
  unfreeze,
  type Variable,
} from 'mapache';
import { beforeEach, describe, expect, test } from 'vitest';
import { classLabels, convolutionalBase, images } from '../../support/convolutional-base.js';
import { bitsOf, expectSameBits, randomTensor } from '../../support/tensors.js';

/** The behaviours that Keras's guide "Transfer learning and fine-tuning" promises, by their numbers in our notes. */

const counts = (layer: {
  weights: readonly unknown[];
  trainableWeights: readonly unknown[];
  nonTrainableWeights: readonly unknown[];
}) => [layer.weights.length, layer.trainableWeights.length, layer.nonTrainableWeights.length];

const binaryLabels = () => tensor(Array.from({ length: 12 }, (_, i) => [i % 2]));

describe("the guide's promises", () => {
  beforeEach(() => setRandomSeed(7));

  test('G1: a dense layer built for 4 features has 2 weights, both trainable', () => {
    const dense = layers.dense({ units: 3 });
    dense.build([null, 4]);
    expect(counts(dense)).toEqual([2, 2, 0]);
  });

  test('G2: a batch normalisation has 4 weights, 2 of them trainable, in the order gamma, beta, moving mean, moving variance', () => {
    const norm = layers.batchNormalization();
    norm.build([null, 4]);
    expect(counts(norm)).toEqual([4, 2, 2]);
    expect(norm.weights.map(({ name }) => name)).toEqual(['gamma', 'beta', 'moving_mean', 'moving_variance']);
  });

  test('G3: freezing moves all weights to the others; unfreezing leaves the statistics there', () => {
    const dense = layers.dense({ units: 3 });
    dense.build([null, 4]);
    dense.trainable = false;
    expect(counts(dense)).toEqual([2, 0, 2]);
    const norm = layers.batchNormalization();
    norm.build([null, 4]);
    norm.trainable = false;
    expect(counts(norm)).toEqual([4, 0, 4]);
    norm.trainable = true;
    expect(counts(norm)).toEqual([4, 2, 2]);
    const frozen = layers.dense({ units: 3, trainable: false });
    frozen.build([null, 4]);
    expect(counts(frozen)).toEqual([2, 0, 2]);
    frozen.trainable = true;
    expect(counts(frozen)).toEqual([2, 2, 0]);
  });

  test('G4: training leaves a frozen layer as it is and changes the others', async () => {
    const first = layers.dense({ units: 3, activation: 'relu' });
    const second = layers.dense({ units: 3, activation: 'sigmoid' });
    const net = sequential([layers.inputLayer({ shape: [3] }), first, second]);
    first.trainable = false;
    net.compile({ optimizer: 'adam', loss: 'mse' });
    const before = await bitsOf(net.weights);
    await net.fit(randomTensor([2, 3], 1), randomTensor([2, 3], 2), { verbose: 0 });
    await expectSameBits(first.weights, before);
    const changed = await bitsOf(second.weights);
    for (const [variable, bits] of changed) expect(bits).not.toEqual(before.get(variable));
  });

  test('G5: trainable and training are independent, except for batch normalisation', async () => {
    const x = randomTensor([4, 5], 1);
    const dropout = layers.dropout({ rate: 0.5, seed: 1 });
    dropout.trainable = false;
    expect(await dropout.apply(x, { training: true }).array()).not.toEqual(await x.array());
    const dense = layers.dense({ units: 2 });
    const plain = await dense.apply(x, { training: false }).array();
    expect(await dense.apply(x, { training: true }).array()).toEqual(plain);
    expect(dense.trainableWeights).toHaveLength(2);
  });

  test('G6: trainable reaches down through nested models and never up', () => {
    const inner = sequential([
      layers.inputLayer({ shape: [3] }),
      layers.dense({ units: 3, activation: 'relu' }),
      layers.dense({ units: 3, activation: 'relu' }),
    ]);
    const outer = sequential([
      layers.inputLayer({ shape: [3] }),
      inner,
      layers.dense({ units: 3, activation: 'sigmoid' }),
    ]);
    outer.trainable = false;
    expect(inner.trainable).toBe(false);
    expect(inner.layers[0]?.trainable).toBe(false);
    inner.trainable = true;
    expect(outer.trainableWeights).toHaveLength(0);
    expect(inner.trainableWeights).toHaveLength(4);
    outer.trainable = true;
    (inner.layers[0] as { trainable: boolean }).trainable = false;
    expect([outer.trainable, inner.trainable]).toEqual([true, true]);
    expect(counts(outer)).toEqual([6, 4, 2]);
  });

  test('G7: the whole workflow: freeze the base, apply it with training false, pool, add a logit, compile, fit', async () => {
    const base = convolutionalBase();
    base.trainable = false;
    const inputs = input({ shape: [8, 8, 3] });
    let x = base.apply(inputs, { training: false });
    x = layers.globalAveragePooling2d().apply(x);
    const net = model({ inputs, outputs: layers.dense({ units: 1 }).apply(x) });
    net.compile({
      optimizer: optimizers.adam(),
      loss: losses.binaryCrossentropy({ fromLogits: true }),
      metrics: [metrics.binaryAccuracy()],
    });
    const before = await bitsOf(base.weights);
    const seen: number[] = [];
    const history = await net.fit(images(), binaryLabels(), {
      epochs: 20,
      callbacks: [{ onEpochEnd: (epoch: number) => void seen.push(epoch) }],
      validationData: { x: images(), y: binaryLabels() },
      verbose: 0,
    });
    await expectSameBits(base.weights, before);
    expect(Object.keys(history.history).sort()).toEqual(['binary_accuracy', 'loss', 'val_binary_accuracy', 'val_loss']);
    expect(history.history.loss?.[19]).toBeLessThan(history.history.loss?.[0] as number);
    expect(seen).toHaveLength(20);
  });

  test('G8: training a head on features computed once equals training it on top of the frozen base', async () => {
    const base = convolutionalBase();
    freeze(base);
    const features = await base.predict(images());
    const head = (shape: readonly number[]) =>
      sequential([
        layers.inputLayer({ shape }),
        layers.globalAveragePooling2d(),
        layers.dense({ units: 3, activation: 'softmax' }),
      ]);
    const alone = head([2, 2, 6]);
    const whole = addHead(base, { classes: 3 });
    for (const [i, weight] of whole.weights.slice(-2).entries()) weight.assign((alone.weights[i] as Variable).value);
    const options = { epochs: 3, shuffle: false, batchSize: 4, verbose: 0 } as const;
    for (const [net, x] of [
      [alone, features],
      [whole, images()],
    ] as const) {
      net.compile({ optimizer: optimizers.sgd({ learningRate: 0.1 }), loss: 'sparse_categorical_crossentropy' });
      await net.fit(x as Tensor, classLabels(), options);
    }
    for (const [i, weight] of whole.weights.slice(-2).entries()) {
      const [a, b] = [await weight.value.data(), await (alone.weights[i] as Variable).value.data()];
      for (const [k, value] of a.entries()) expect(value).toBeCloseTo(b[k] as number, 5);
    }
  });

  test('G9: after the head has converged, unfreezing and a low rate train the whole model', async () => {
    const base = convolutionalBase();
    freeze(base);
    const net = addHead(base, { classes: 3 });
    net.compile({ optimizer: optimizers.adam({ learningRate: 1e-2 }), metrics: ['accuracy'] });
    await net.fit(images(), classLabels(), { epochs: 2, verbose: 0 });
    const { variables } = unfreeze(base);
    expect(variables).toEqual(base.trainableWeights);
    const before = await bitsOf(net.weights);
    await fineTune(net, { x: images(), y: classLabels() }, { epochs: 2, learningRate: 1e-5, verbose: 0 });
    const after = await bitsOf(net.weights);
    const changed = net.weights.filter((weight) => before.get(weight)?.join() !== after.get(weight)?.join());
    expect(new Set(changed)).toEqual(new Set([...variables, ...net.weights.slice(-2)]));
  });

  test('G10: a change of trainable takes effect on the next batch, without compiling again', async () => {
    const first = layers.dense({ units: 3 });
    const net = sequential([layers.inputLayer({ shape: [3] }), first, layers.dense({ units: 1 })]);
    net.compile({ optimizer: optimizers.adam(), loss: 'mse' });
    const [x, y] = [randomTensor([4, 3], 1), randomTensor([4, 1], 2)];
    await net.trainOnBatch(x, y);
    first.trainable = false;
    const before = await bitsOf(first.weights);
    await net.trainOnBatch(x, y);
    await expectSameBits(first.weights, before);
    first.trainable = true;
    await net.trainOnBatch(x, y);
    expect(await bitsOf(first.weights)).not.toEqual(before);
  });

  describe('G11: batch normalisation', () => {
    test('(i) updates its two statistics in training', async () => {
      const norm = layers.batchNormalization();
      const x = tensor([
        [1, 10],
        [2, 20],
        [3, 60],
        [6, 30],
      ]);
      const y = await norm.apply(x, { training: true }).array();
      expect((y as number[][]).map(([column]) => column)).toEqual(
        [-1.0688922, -0.5344461, 0, 1.6033384].map((value) => expect.closeTo(value, 5)),
      );
      const [, , mean, variance] = norm.weights as readonly Variable[];
      expect(await mean?.value.array()).toEqual([expect.closeTo(0.03, 6), expect.closeTo(0.3, 6)]);
      expect(await variance?.value.array()).toEqual([expect.closeTo(1.025, 5), expect.closeTo(4.49, 5)]);
    });

    test('(ii) frozen, runs in inference mode and keeps its statistics even with training true', async () => {
      const norm = layers.batchNormalization();
      const x = randomTensor([6, 2], 5);
      norm.build([null, 2]);
      norm.trainable = false;
      const before = await bitsOf(norm.weights);
      expect(await norm.apply(x, { training: true }).array()).toEqual(await norm.apply(x, { training: false }).array());
      await expectSameBits(norm.weights, before);
    });

    test('(iii) unfrozen inside a base applied with training false, keeps its statistics while gamma and beta train', async () => {
      const base = convolutionalBase();
      const inputs = input({ shape: [8, 8, 3] });
      const x = layers.globalAveragePooling2d().apply(base.apply(inputs, { training: false }));
      const net = model({ inputs, outputs: layers.dense({ units: 1 }).apply(layers.dropout({ rate: 0.5 }).apply(x)) });
      net.compile({ optimizer: optimizers.sgd({ learningRate: 0.1 }), loss: 'mse' });
      const before = await bitsOf(base.weights);
      await net.fit(images(), binaryLabels(), { epochs: 2, verbose: 0 });
      await expectSameBits(base.nonTrainableWeights, before);
      const after = await bitsOf(base.trainableWeights);
      for (const [variable, bits] of after) expect(bits, variable.path).not.toEqual(before.get(variable));
    });
  });

  test("G12: a loop of one's own takes gradients with respect to the trainable weights only", async () => {
    const base = convolutionalBase();
    freeze(base);
    const net = addHead(base, { classes: 3 });
    const loss = losses.sparseCategoricalCrossentropy();
    const optimizer = optimizers.sgd({ learningRate: 0.1 });
    const before = await bitsOf(net.weights);
    for (let step = 0; step < 3; step++) {
      const predictions = net.apply(images(), { training: true });
      const value = loss.apply(classLabels(), predictions);
      optimizer.apply(gradients(value, net.trainableWeights), net.trainableWeights);
    }
    await expectSameBits(base.weights, before);
    const after = await bitsOf(net.trainableWeights);
    expect(after.size).toBe(2);
    for (const [variable, bits] of after) expect(bits).not.toEqual(before.get(variable));
  });

  test('G13: batch normalisation is not alone: normalization has 3 weights that never train, dropout has a state but no weight', () => {
    const normalization = layers.normalization();
    normalization.build([null, 4]);
    expect(counts(normalization)).toEqual([3, 0, 3]);
    expect(normalization.weights.map(({ name, dtype }) => [name, dtype])).toEqual([
      ['mean', 'float32'],
      ['variance', 'float32'],
      ['count', 'int32'],
    ]);
    const dropout = layers.dropout({ rate: 0.5 });
    dropout.build([null, 4]);
    expect(counts(dropout)).toEqual([0, 0, 0]);
    expect(dropout.variables).toHaveLength(1);
  });
});
