import { input, type Layer, layers, model, regularizers, sequential } from 'mapache/layers';
import { optimizers } from 'mapache/optim';
import { add, evaluate, gradients, mul, type Tensor, tensor } from 'mapache/tensor';
import { collectLosses } from 'mapache/training';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../../support/relative-error.js';

const x = tensor([
  [1, 2],
  [3, -1],
  [0.5, 1],
]);
const y = tensor([
  [0, 1],
  [2, 4],
  [-1, 0],
]);

/** The penalties that applying a layer adds to the loss. */
async function penaltiesOf(layer: Layer, inputs: Tensor): Promise<readonly number[]> {
  const { losses } = collectLosses(() => layer.apply(inputs));
  return Promise.all(losses.map((loss) => loss.item()));
}

describe('activityRegularizer', () => {
  // d = Dense(2, activation="tanh", activity_regularizer=L1L2(0.1, 0.2), kernel_initializer="ones",
  //           kernel_regularizer=L2(0.5)); m = Model(x, ActivityRegularization(l1=0.3, l2=0.4)(d(d(x))))
  // m.compile(SGD(0.5), "mse"); [m.evaluate(X, Y)] + [(m.train_on_batch(X, Y), d.get_weights()) for _ in range(2)]
  // d.trainable = False; m.compile(SGD(0.5), "mse"); m.evaluate(X, Y)   # keras 3.15.1
  it('joins the loss and its gradient in training and in evaluation, as in Keras', async () => {
    const dense = layers.dense({
      units: 2,
      activation: 'tanh',
      activityRegularizer: regularizers.l1l2({ l1: 0.1, l2: 0.2 }),
      kernelInitializer: 'ones',
      kernelRegularizer: regularizers.l2({ l2: 0.5 }),
    });
    const start = input({ shape: [2] });
    const priced = layers.activityRegularization({ l1: 0.3, l2: 0.4 });
    const net = model({ inputs: start, outputs: priced.apply(dense.apply(dense.apply(start))) });
    net.compile({ optimizer: optimizers.sgd({ learningRate: 0.5 }), loss: 'mse' });
    const loss = async (logs: Promise<Readonly<Record<string, number>>>) => [(await logs).loss as number];
    expect(relativeError(await loss(net.evaluate(x, y)), [7.078969478607178])).toBeLessThan(1e-6);
    for (const [expected, kernel, bias] of [
      [
        7.078969478607178,
        [0.37815696001052856, 0.4314913749694824, 0.3798896074295044, 0.433224081993103],
        [-0.13436540961265564, -0.07839328795671463],
      ],
      [
        4.041999340057373,
        [0.16885817050933838, 0.4230072498321533, -0.46675539016723633, -0.04617452621459961],
        [-0.6267961263656616, -0.07847518473863602],
      ],
    ] as const) {
      expect(relativeError(await loss(net.trainOnBatch(x, y)), [expected])).toBeLessThan(1e-6);
      expect(relativeError(await dense.weight('kernel').value.data(), kernel)).toBeLessThan(1e-5);
      expect(relativeError(await dense.weight('bias').value.data(), bias)).toBeLessThan(1e-5);
    }
    expect(relativeError(await loss(net.evaluate(x, y)), [5.595430850982666])).toBeLessThan(1e-6);
    // A frozen layer's weights cost nothing any more; its outputs do.
    dense.trainable = false;
    expect(relativeError(await loss(net.evaluate(x, y)), [5.381711483001709])).toBeLessThan(1e-6);
  });

  it('is divided by the number of samples, and counts once for each application, however deep', async () => {
    const priced = layers.activityRegularization({ l1: 1 });
    expect(
      await penaltiesOf(
        priced,
        tensor([
          [1, -2],
          [3, 0],
        ]),
      ),
    ).toEqual([3]);
    const start = input({ shape: [2] });
    const inner = sequential([layers.inputLayer({ shape: [2] }), priced]);
    const outer = model({ inputs: start, outputs: layers.add().apply([inner.apply(start), priced.apply(start)]) });
    expect(await penaltiesOf(outer, tensor([[1, -2]]))).toEqual([3, 3]);
  });

  it('leaves nothing behind in collectors around the one in use, nor without one', async () => {
    const priced = layers.activityRegularization({ l2: 1 });
    priced.apply(tensor([[9]]));
    const { result, losses } = collectLosses(() => {
      priced.apply(tensor([[2]]));
      return collectLosses(() => priced.apply(tensor([[3]]))).losses.length;
    });
    expect(result).toBe(1);
    expect(await Promise.all(losses.map((loss) => loss.item()))).toEqual([4]);
    expect(() =>
      collectLosses(() => {
        throw new Error('stopped');
      }),
    ).toThrow('stopped');
    priced.apply(tensor([[9]]));
    expect(losses).toHaveLength(1);
  });

  it('is there for loops of your own', async () => {
    const dense = layers.dense({ units: 1, activityRegularizer: 'l2', kernelInitializer: 'ones', useBias: false });
    const { result, losses } = collectLosses(() => dense.apply(tensor([[3]])));
    const total = losses.reduce((sum, loss) => add(sum, loss), mul(result, 2));
    const [slope] = gradients(total, [dense.weight('kernel')]) as [Tensor];
    await evaluate([slope]);
    // 2 x + 0.01 * 2 (w x) x
    expect(relativeError(await slope.data(), [6.18])).toBeLessThan(1e-6);
  });

  it('is part of the configuration of any layer that has one', () => {
    const described = { className: 'L1', config: { l1: 0.5 } };
    const layer = layers.flatten({ activityRegularizer: described });
    expect(layer.getConfig().activityRegularizer).toEqual(described);
    expect(layers.flatten().getConfig()).not.toHaveProperty('activityRegularizer');
    expect(layers.activityRegularization({ l1: 0.5 }).getConfig()).toMatchObject({ l1: 0.5, l2: 0 });
    expect(layers.activityRegularization().getConfig()).not.toHaveProperty('activityRegularizer');
  });
});
