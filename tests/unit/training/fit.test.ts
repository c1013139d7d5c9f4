import { optimizers } from 'mapache/optim';
import { type NestedArray, setRandomSeed, tensor } from 'mapache/tensor';
import { Trainer } from 'mapache/training';
import ndarray from 'ndarray';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { LinearModel, type LinearModelOptions } from '../../support/linear-model.js';
import { bitsOf, expectSameBits } from '../../support/tensors.js';

/** A trainer with plain gradient descent on mean squared errors. */
function lineTrainer(learningRate: number, options: LinearModelOptions = {}) {
  const model = new LinearModel(options);
  const trainer = new Trainer(model);
  trainer.compile({ optimizer: optimizers.sgd({ learningRate }), loss: 'mse' });
  return { model, trainer };
}

const column = (...values: readonly number[]) => tensor(values.map((value) => [value]));
const quiet = { verbose: 0 } as const;

beforeEach(() => setRandomSeed(11));

describe('fit', () => {
  test('follows the gradient: two steps by hand', async () => {
    const { model, trainer } = lineTrainer(0.1);
    // y = 0 at first: dkernel = -2 mean(x y) = -2 (1*2 + 3*6) / 2 = -20, dbias = -2 mean(y) = -8.
    await trainer.fit({ x: column(1, 3), y: column(2, 6) }, quiet);
    expect(await model.kernel.value.array()).toEqual([[expect.closeTo(2, 6)]]);
    expect(await model.bias.value.array()).toEqual([expect.closeTo(0.8, 6)]);
    // Now predictions are 2.8 and 6.8, off by 0.8: dkernel = 2 mean(0.8 x) = 3.2, dbias = 1.6.
    await trainer.fit({ x: column(1, 3), y: column(2, 6) }, quiet);
    expect(await model.kernel.value.array()).toEqual([[expect.closeTo(1.68, 6)]]);
    expect(await model.bias.value.array()).toEqual([expect.closeTo(0.64, 6)]);
  });

  test('learns a line', async () => {
    const { model, trainer } = lineTrainer(0.1);
    const x = Array.from({ length: 40 }, (_, i) => i / 20 - 1);
    const history = await trainer.fit(column(...x), column(...x.map((value) => 3 * value - 0.5)), {
      ...quiet,
      epochs: 60,
      batchSize: 8,
    });
    const losses = history.history.loss as readonly number[];
    expect(losses).toHaveLength(60);
    expect(losses[59]).toBeLessThan(1e-6);
    expect(await model.kernel.value.array()).toEqual([[expect.closeTo(3, 2)]]);
    expect(await model.bias.value.array()).toEqual([expect.closeTo(-0.5, 2)]);
  });

  test("weights the loss of each batch by its size: Keras's 2.6 for losses 1 and 9 of 4 samples and 1", async () => {
    const { trainer } = lineTrainer(0);
    const data = { x: column(0, 0, 0, 0, 0), y: column(1, 1, 1, 1, 3) };
    const history = await trainer.fit(data, { ...quiet, batchSize: 4, shuffle: false });
    expect(history.history).toEqual({ loss: [expect.closeTo(2.6, 6)] });
    expect(await trainer.evaluate(data, { batchSize: 4 })).toEqual({ loss: expect.closeTo(2.6, 6) });
  });

  test('counts epochs from initialEpoch to epochs', async () => {
    const { trainer } = lineTrainer(0);
    const data = { x: column(1), y: column(1) };
    const history = await trainer.fit(data, { ...quiet, initialEpoch: 2, epochs: 5 });
    expect(history.epochs).toEqual([2, 3, 4]);
    expect((await trainer.fit(data, { ...quiet, initialEpoch: 5, epochs: 5 })).epochs).toEqual([]);
  });

  test('adds penalties to the loss and to the gradient', async () => {
    const { model, trainer } = lineTrainer(0.1, { l2: 0.5 });
    model.kernel.assign([[2]]);
    const history = await trainer.fit({ x: column(0), y: column(0) }, quiet);
    expect(history.history.loss).toEqual([2]);
    // d(0.5 w²) = w = 2.
    expect(await model.kernel.value.array()).toEqual([[expect.closeTo(1.8, 6)]]);
  });

  test('minimises penalties alone without a loss', async () => {
    const model = new LinearModel({ l2: 0.5 });
    model.kernel.assign([[2]]);
    const trainer = new Trainer(model);
    trainer.compile({ optimizer: optimizers.sgd({ learningRate: 0.1 }) });
    await trainer.fit({ x: column(1), y: column(9) }, quiet);
    expect(await model.kernel.value.array()).toEqual([[expect.closeTo(1.8, 6)]]);
  });

  test('takes arrays, lists, views and data sets, and learns the same from them', async () => {
    const numbers = Float32Array.from([1, 9, 2, 9, 3, 9]);
    const every2nd = ndarray(numbers, [3, 1], [2, 1]);
    const x = column(1, 2, 3);
    const y = column(2, 4, 6);
    const results: NestedArray[] = [];
    const dataset = {
      size: null,
      async *batches() {
        yield { x, y };
      },
    };
    for (const run of [
      (trainer: Trainer) => trainer.fit({ x, y }, { ...quiet, shuffle: false }),
      (trainer: Trainer) => trainer.fit({ x: [x], y: [y] }, { ...quiet, shuffle: false }),
      (trainer: Trainer) => trainer.fit(x, y, { ...quiet, shuffle: false }),
      (trainer: Trainer) => trainer.fit(every2nd, y, { ...quiet, shuffle: false }),
      (trainer: Trainer) => trainer.fit(dataset, quiet),
    ]) {
      const { model, trainer } = lineTrainer(0.1);
      await run(trainer);
      results.push(await model.kernel.value.array());
    }
    expect(results).toEqual(results.map(() => results[0]));
    expect(results[0]).not.toEqual([[0]]);
  });

  test('shuffles by its seed alone', async () => {
    const run = async (options: { seed?: number; shuffle?: boolean }) => {
      const { trainer, model } = lineTrainer(0.02);
      const x = Array.from({ length: 10 }, (_, i) => i / 5);
      await trainer.fit(column(...x), column(...x.map((value) => value * value)), {
        ...quiet,
        ...options,
        epochs: 3,
        batchSize: 3,
      });
      return model.kernel.value.array();
    };
    const first = await run({ seed: 1 });
    expect(await run({ seed: 1 })).toEqual(first);
    expect(await run({ seed: 2 })).not.toEqual(first);
    expect(await run({ shuffle: false })).not.toEqual(first);
    setRandomSeed(3);
    const drawn = await run({});
    setRandomSeed(3);
    expect(await run({})).toEqual(drawn);
  });

  test('without trainable weights runs, warns and changes nothing', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    try {
      const { model, trainer } = lineTrainer(0.1);
      model.kernel.trainable = false;
      model.bias.trainable = false;
      const before = await bitsOf([model.kernel, model.bias]);
      const history = await trainer.fit({ x: column(1), y: column(2) }, { ...quiet, epochs: 2 });
      expect(history.history.loss).toEqual([4, 4]);
      await expectSameBits([model.kernel, model.bias], before);
      expect(warn).toHaveBeenCalledWith(expect.stringContaining('no trainable weights'));
    } finally {
      warn.mockRestore();
    }
  });

  test('stepsPerEpoch cuts one stream of batches into epochs', async () => {
    const { trainer } = lineTrainer(0);
    // Losses of single samples are 1, 4, 9, 1, 4, 9, …
    const data = { x: column(0, 0, 0), y: column(1, 2, 3) };
    const history = await trainer.fit(data, { ...quiet, batchSize: 1, shuffle: false, stepsPerEpoch: 2, epochs: 3 });
    expect(history.history.loss).toEqual([2.5, 5, 6.5].map((loss) => expect.closeTo(loss, 6)));
  });
});

describe('validation', () => {
  test('validationSplit takes the last samples, before shuffling', async () => {
    const { trainer } = lineTrainer(0);
    const data = { x: column(0, 0, 0, 0, 0), y: column(1, 1, 1, 2, 2) };
    const history = await trainer.fit(data, { ...quiet, epochs: 2, validationSplit: 0.3 });
    // floor(5 * 0.7) = 3 samples are kept.
    expect(history.history).toEqual({ loss: [1, 1], val_loss: [4, 4] });
  });

  test('validationData may be an object, a tuple or a data set, and wins over validationSplit', async () => {
    const x = column(0, 0);
    const y = column(1, 3);
    const dataset = {
      size: 2,
      async *batches() {
        yield { x, y };
      },
    };
    for (const validationData of [{ x, y }, [x, y] as const, [x, y, tensor([1, 1])] as const, dataset]) {
      const { trainer } = lineTrainer(0);
      const options = { ...quiet, validationData, validationSplit: 0.5 };
      const history = await trainer.fit({ x: column(0, 0), y: column(2, 2) }, options);
      expect(history.history).toEqual({ loss: [4], val_loss: [5] });
    }
  });

  test('evaluates without changing anything but metrics', async () => {
    const { model, trainer } = lineTrainer(0.1);
    await trainer.fit({ x: column(1), y: column(1) }, quiet);
    const variables = [...model.variables, ...trainer.optimizer.variables];
    const before = await bitsOf(variables);
    await trainer.evaluate({ x: column(1, 2), y: column(1, 5) });
    await expectSameBits(variables, before);
  });
});

describe('weights of samples', () => {
  test('sampleWeight multiplies losses, and the sum is divided by the number of samples', async () => {
    const { trainer } = lineTrainer(0);
    const data = { x: column(0, 0, 0), y: column(1, 2, 3), sampleWeight: tensor([2, 0, 1]) };
    expect((await trainer.fit(data, quiet)).history.loss).toEqual([expect.closeTo((2 + 9) / 3, 6)]);
    expect((await trainer.evaluate(data)).loss).toBeCloseTo((2 + 9) / 3, 6);
    const { x, y, sampleWeight } = data;
    expect((await trainer.fit(x, y, { ...quiet, sampleWeight })).history.loss).toEqual([expect.closeTo(11 / 3, 6)]);
  });

  test('classWeight is a sampleWeight by label, in training only', async () => {
    const runs = [{ classWeight: { 0: 0.5, 1: 4 } }, { sampleWeight: tensor([0.5, 4, 4, 1]) }].map(async (weights) => {
      const { model, trainer } = lineTrainer(0.1);
      const options = { ...quiet, ...weights, validationData: [column(0), column(1)] as const };
      const history = await trainer.fit(column(1, 2, 3, 4), column(0, 1, 1, 2), options);
      return { history: history.history, kernel: await model.kernel.value.array() };
    });
    const [byClass, bySample] = await Promise.all(runs);
    expect(byClass).toEqual(bySample);
  });
});

describe('freezing', () => {
  test('between epochs takes effect at once and keeps the slots of what trains', async () => {
    const model = new LinearModel();
    const trainer = new Trainer(model);
    trainer.compile({ optimizer: optimizers.sgd({ learningRate: 0.1, momentum: 0.9 }), loss: 'mse' });
    const data = { x: column(1, 2), y: column(3, 5) };
    let frozen = new Map();
    await trainer.fit(data, {
      ...quiet,
      epochs: 3,
      callbacks: [
        {
          async onEpochEnd(epoch) {
            if (epoch !== 0) return;
            model.kernel.trainable = false;
            frozen = await bitsOf([model.kernel, ...Object.values(trainer.optimizer.slotsOf(model.kernel))]);
          },
        },
      ],
    });
    await expectSameBits([...frozen.keys()], frozen);
    const momentum = trainer.optimizer.slotsOf(model.bias);
    expect(await Object.values(momentum)[0]?.value.array()).not.toEqual([0]);
    expect(await trainer.optimizer.iterations.value.item()).toBe(3);
  });

  test('between batches takes effect with the next batch', async () => {
    const { model, trainer } = lineTrainer(0.1);
    const kernels: NestedArray[] = [];
    await trainer.fit(
      { x: column(1, 1, 1), y: column(1, 1, 1) },
      {
        ...quiet,
        batchSize: 1,
        callbacks: [
          {
            async onTrainBatchEnd(batch) {
              kernels.push(await model.kernel.value.array());
              model.kernel.trainable = batch === 1;
            },
          },
        ],
      },
    );
    expect(kernels[1]).toEqual(kernels[0]);
    expect(kernels[2]).not.toEqual(kernels[1]);
  });

  test('leaves the backward pass of what is frozen out of the plan', () => {
    const { model, trainer } = lineTrainer(0.1);
    const gradientSteps = () => trainer.trainingPlan().steps.filter(({ origin }) => origin.startsWith('∇')).length;
    const both = gradientSteps();
    model.kernel.trainable = false;
    const biasOnly = gradientSteps();
    expect(biasOnly).toBeLessThan(both);
    expect(trainer.trainingPlan().effects.map(({ variable }) => variable)).not.toContain(model.kernel);
    expect(trainer.explainTraining({ batchSize: 7 })).toContain('[7, 1]');
  });
});
