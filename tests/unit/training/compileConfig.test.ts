import { input, layers, type Model, model } from 'mapache/layers';
import { optimizers, schedules } from 'mapache/optim';
import { mean, mul, type Tensor, tensor } from 'mapache/tensor';
import { type CompileModelOptions, getLoss, getMetric, losses, metrics } from 'mapache/training';
import { describe, expect, it } from 'vitest';

function twoHeads(): Model {
  const x = input({ shape: [2] });
  const head = (name: string) => layers.dense({ units: 2, name, kernelInitializer: 'ones' }).apply(x);
  return model({ inputs: x, outputs: [head('a'), head('b')] });
}

function oneHead(): Model {
  const x = input({ shape: [2] });
  return model({ inputs: x, outputs: layers.dense({ units: 2, kernelInitializer: 'ones' }).apply(x) });
}

const learningRate = schedules.exponentialDecay({ initialLearningRate: 0.1, decaySteps: 10, decayRate: 0.5 });

describe('how a model was compiled, as data', () => {
  it('is nothing before it is compiled', () => {
    expect(oneHead().compileConfig).toBeNull();
  });

  it('keeps names as they were given, and says of objects what they are', () => {
    const net = oneHead();
    net.compile({ optimizer: 'adam', loss: 'mse', metrics: ['accuracy', metrics.auc({ curve: 'PR' }), 'mae'] });
    expect(net.compileConfig).toMatchObject({
      optimizer: { className: 'Adam', config: { beta1: 0.9, learningRate: Math.fround(0.001) } },
      loss: 'mse',
      lossWeights: null,
      metrics: ['accuracy', { className: 'AUC', config: { name: 'auc', curve: 'PR' } }, 'mae'],
      weightedMetrics: null,
    });
    net.optimizer.setLearningRate(0.5);
    expect(net.compileConfig?.optimizer.config.learningRate).toBe(0.5);
  });

  const own = (yTrue: Tensor, yPred: Tensor): Tensor => mean(mul(yTrue, yPred), { axes: -1 });

  it('names functions as Keras does, which can be told from built-in ones by their name', () => {
    const net = oneHead();
    net.compile({ loss: own, metrics: [own] });
    const described = { className: 'function', config: 'own' };
    expect(net.compileConfig).toMatchObject({ loss: described, metrics: [described] });
    const builtIn = { className: 'function', config: 'mean_squared_error' } as never;
    expect(getLoss(builtIn).className).toBe('MeanSquaredError');
    expect(getMetric(builtIn)).toMatchObject({ className: 'MeanSquaredError', name: 'mean_squared_error' });
    expect(() => getLoss(described as never)).toThrow(/received "own"/);
  });

  it.each<[string, () => Model, CompileModelOptions]>([
    [
      'a schedule, a loss with options and weighted metrics',
      oneHead,
      {
        optimizer: optimizers.sgd({ learningRate, momentum: 0.9 }),
        loss: losses.huber({ delta: 2 }),
        weightedMetrics: [
          metrics.f1Score(),
          metrics.meanIoU({ numClasses: 2, sparseYTrue: false, sparseYPred: false }),
        ],
        lossWeights: [2],
      },
    ],
    [
      'something for each output, by name and in order',
      twoHeads,
      {
        optimizer: 'nadam',
        loss: { a: losses.binaryCrossentropy({ fromLogits: true }), b: null },
        metrics: [['mae', metrics.precision({ thresholds: 0.25 })], null],
        lossWeights: { a: 0.5 },
      },
    ],
  ])('is taken back by compile through JSON, and training goes on alike: %s', async (_, make, options) => {
    const [first, second] = [make(), make()];
    first.compile(options);
    const config = JSON.parse(JSON.stringify(first.compileConfig)) as CompileModelOptions;
    second.compile(config);
    expect(second.compileConfig).toEqual(first.compileConfig);
    const x = tensor([
      [1, -2],
      [0.5, 3],
    ]);
    const y = tensor([
      [1, 0],
      [0, 1],
    ]);
    const ys = first.outputs.map(() => y);
    const [logs, again] = [await first.trainOnBatch(x, ys), await second.trainOnBatch(x, ys)];
    expect(again).toEqual(logs);
    expect(Object.keys(logs).length).toBeGreaterThan(2);
  });
});
