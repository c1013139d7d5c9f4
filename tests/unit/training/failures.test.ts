import { optimizers } from 'mapache/optim';
import { ArgumentError, ShapeError, tensor, type Variable } from 'mapache/tensor';
import {
  type Callback,
  callbacks,
  EmptyDataError,
  LabelError,
  NonFiniteLossError,
  NotCompiledError,
  SampleCountError,
  Trainer,
  type TrainingData,
} from 'mapache/training';
import { describe, expect, test, vi } from 'vitest';
import { LinearModel } from '../../support/linear-model.js';
import { bitsOf, expectSameBits } from '../../support/tensors.js';

const column = (...values: readonly number[]) => tensor(values.map((value) => [value]));
const quiet = { verbose: 0 } as const;

function trained(units = 1, loss = 'mse') {
  const model = new LinearModel({ units });
  const trainer = new Trainer(model);
  trainer.compile({ optimizer: optimizers.adam(), loss });
  return { model, trainer };
}

async function rejection(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.fail('it should have been rejected'),
    (error: unknown) => error,
  );
}

describe('a loss that is not finite', () => {
  test.each([Number.NaN, Number.POSITIVE_INFINITY])(
    '%s is named with epoch and batch, and its step changes nothing',
    async (bad) => {
      const { model, trainer } = trained();
      trainer.compile({ optimizer: optimizers.adam(), loss: 'mse', metrics: ['mae'] });
      await trainer.fit({ x: column(1, 2), y: column(1, 2) }, quiet);
      const everything = (): readonly Variable[] => [...model.variables, ...trainer.optimizer.variables];
      let before = new Map<Variable, Uint8Array>();
      let batches = 0;
      const good = { x: column(1), y: column(1) };
      const data = {
        size: null,
        async *batches({ epoch }: { epoch: number }) {
          yield good;
          yield good;
          yield epoch === 0 ? good : { x: column(1), y: column(bad) };
        },
      };
      const error = await rejection(
        trainer.fit(data, {
          ...quiet,
          epochs: 3,
          callbacks: [
            {
              async onTrainBatchBegin() {
                batches++;
                before = await bitsOf(everything());
              },
            },
          ],
        }),
      );
      expect(error).toBeInstanceOf(NonFiniteLossError);
      expect(error).toMatchObject({ loss: bad, position: { epoch: 1, batch: 2 } });
      expect(String(error)).toContain('epoch 1, batch 2');
      expect(batches).toBe(6);
      await expectSameBits(everything(), before);
      expect(await trainer.optimizer.iterations.value.item()).toBe(6);
    },
  );

  test('on the very first batch leaves the model as it was made', async () => {
    const { model, trainer } = trained();
    const before = await bitsOf(model.variables);
    await expect(trainer.trainOnBatch(column(1), column(Number.NaN))).rejects.toMatchObject({ position: null });
    await expectSameBits(model.variables, before);
    for (const slot of trainer.optimizer.variables.slice(2)) {
      expect(
        (await slot.value.data()).every((value: number) => value === 0),
        slot.path,
      ).toBe(true);
    }
  });

  test('does not keep the model from training afterwards', async () => {
    const { trainer } = trained();
    await rejection(trainer.fit({ x: column(1), y: column(Number.NaN) }, quiet));
    const history = await trainer.fit({ x: column(1), y: column(1) }, { ...quiet, epochs: 5 });
    expect(history.history.loss?.[4]).toBeLessThan(history.history.loss?.[0] as number);
  });

  test('ends training quietly with terminateOnNaN, the epoch complete and its step undone', async () => {
    const { model, trainer } = trained();
    const say = vi.spyOn(console, 'log').mockImplementation(() => {});
    let before = new Map<Variable, Uint8Array>();
    const calls: string[] = [];
    const watcher: Callback = {
      async onTrainBatchBegin() {
        before = await bitsOf([...model.variables, ...trainer.optimizer.variables]);
      },
      onTrainBatchEnd: (batch) => void calls.push(`batch ${batch}`),
      onEpochEnd: (epoch) => void calls.push(`epoch ${epoch}`),
      onTrainEnd: () => void calls.push('end'),
    };
    const data = { x: column(1, 1, 1), y: column(1, Number.NaN, 1) };
    const options = {
      ...quiet,
      epochs: 5,
      batchSize: 1,
      shuffle: false,
      validationData: { x: column(1), y: column(1) },
    };
    const history = await trainer.fit(data, { ...options, callbacks: [callbacks.terminateOnNaN(), watcher] });
    expect(calls).toEqual(['batch 0', 'epoch 0', 'end']);
    expect(say).toHaveBeenCalledWith('Batch 1: Invalid loss, terminating training');
    say.mockRestore();
    expect(history.history.loss).toEqual([Number.NaN]);
    expect(history.history.val_loss?.[0]).toBeGreaterThan(0);
    await expectSameBits([...model.variables, ...trainer.optimizer.variables], before);
    const strict = { ...options, callbacks: [callbacks.terminateOnNaN({ raiseError: true })] };
    await expect(trainer.fit(data, strict)).rejects.toBeInstanceOf(NonFiniteLossError);
  });

  test('is reported as it is by evaluate', async () => {
    const { trainer } = trained();
    expect(await trainer.evaluate({ x: column(1), y: column(Number.NaN) })).toEqual({ loss: Number.NaN });
  });
});

describe('mistakes are refused before anything is changed', () => {
  const empty: TrainingData = { size: null, async *batches() {} };
  const one = { x: column(1), y: column(1) };
  const two = { x: column(1, 2), y: column(1, 2) };

  test.each<[string, new (...args: never[]) => Error, TrainingData, object]>([
    ['more inputs than targets', SampleCountError, { x: column(1, 2), y: column(1) }, {}],
    ['more inputs than weights', SampleCountError, { ...two, sampleWeight: tensor([1]) }, {}],
    ['an input of another width', ShapeError, { x: tensor([[1, 2]]), y: column(1) }, {}],
    ['an input of another rank', ShapeError, { x: tensor([1, 2]), y: column(1, 2) }, {}],
    ['a list with too many inputs', ArgumentError, { x: [column(1), column(1)], y: column(1) }, {}],
    ['no targets', ArgumentError, { x: column(1) }, {}],
    ['a data set without batches', EmptyDataError, empty, {}],
    ['a data set that says it is empty', EmptyDataError, { ...empty, size: 0 }, {}],
    ['an empty data set with stepsPerEpoch', EmptyDataError, empty, { stepsPerEpoch: 2 }],
    ['a scalar', ArgumentError, { x: tensor(1), y: column(1) }, {}],
    ['a batch size of 0', ArgumentError, one, { batchSize: 0 }],
    ['a fractional batch size', ArgumentError, one, { batchSize: 1.5 }],
    ['0 epochs', ArgumentError, one, { epochs: 0 }],
    ['a negative first epoch', ArgumentError, one, { initialEpoch: -1 }],
    ['0 steps', ArgumentError, one, { stepsPerEpoch: 0 }],
    ['a negative validationSplit', ArgumentError, two, { validationSplit: -0.1 }],
    ['a validationSplit of 1', ArgumentError, two, { validationSplit: 1 }],
    ['a validationSplit that is no number', ArgumentError, two, { validationSplit: Number.NaN }],
    ['a validationSplit that leaves nothing to train on', ArgumentError, one, { validationSplit: 0.5 }],
    ['a validationSplit of a data set', ArgumentError, { ...empty, size: 9 }, { validationSplit: 0.5 }],
    ['validation data of another width', ShapeError, one, { validationData: { x: tensor([[1, 2]]), y: column(1) } }],
    ['class weights and sample weights', ArgumentError, { ...one, sampleWeight: tensor([1]) }, { classWeight: {} }],
    ['a negative class weight', ArgumentError, one, { classWeight: { 0: -1 } }],
    ['a class weight for no label', ArgumentError, one, { classWeight: { cat: 1 } }],
    ['two sample weights for one output', ArgumentError, { ...one, sampleWeight: [tensor([1]), tensor([1])] }, {}],
  ])('%s', async (_, kind, data, options) => {
    const { model, trainer } = trained();
    const before = await bitsOf(model.variables);
    expect(await rejection(trainer.fit(data, { ...quiet, ...options }))).toBeInstanceOf(kind);
    await expectSameBits(model.variables, before);
  });

  test.each([
    ['an index past the last class', [0, 1, 3], 2],
    ['a negative label', [0, -1, 1], 1],
    ['a label between classes', [0.5, 1, 2], 0],
    ['a label that is no number', [0, 1, Number.NaN], 2],
  ])('%s', async (_, labels, position) => {
    const { model, trainer } = trained(3, 'sparse_categorical_crossentropy');
    const data = { x: column(1, 2, 3), y: tensor(labels) };
    const before = await bitsOf(model.variables);
    // With batches of one sample the wrong label would come up after others had been learnt from.
    const options = { ...quiet, batchSize: 1, shuffle: false };
    const error = await rejection(trainer.fit(data, options));
    expect(error).toBeInstanceOf(LabelError);
    expect(error).toMatchObject({ label: labels[position], position, classes: 3 });
    await expectSameBits(model.variables, before);
    expect(await rejection(trainer.evaluate(data))).toBeInstanceOf(LabelError);
  });

  test('targets of another width', async () => {
    const { model, trainer } = trained(2);
    const before = await bitsOf(model.variables);
    expect(await rejection(trainer.fit({ x: column(1), y: tensor([[1, 2, 3]]) }, quiet))).toBeInstanceOf(ShapeError);
    await expectSameBits(model.variables, before);
  });

  test('labels in a data set, batch by batch', async () => {
    const { trainer } = trained(3, 'sparse_categorical_crossentropy');
    const data = {
      size: null,
      async *batches() {
        yield { x: column(1), y: tensor([5]) };
      },
    };
    expect(await rejection(trainer.fit(data, quiet))).toBeInstanceOf(LabelError);
  });

  test('training or evaluating before compile', async () => {
    const trainer = new Trainer(new LinearModel());
    expect(await rejection(trainer.fit(one, quiet))).toBeInstanceOf(NotCompiledError);
    expect(await rejection(trainer.evaluate(one))).toBeInstanceOf(NotCompiledError);
    expect(await rejection(trainer.trainOnBatch(column(1), column(1)))).toBeInstanceOf(NotCompiledError);
    expect(() => trainer.trainingPlan()).toThrow(NotCompiledError);
    expect(() => trainer.optimizer).toThrow(NotCompiledError);
  });

  test('neither a loss nor a penalty', async () => {
    const trainer = new Trainer(new LinearModel());
    trainer.compile({ optimizer: 'sgd' });
    expect(await rejection(trainer.fit(one, quiet))).toBeInstanceOf(ArgumentError);
  });

  test('x without y', async () => {
    const { trainer } = trained();
    // @ts-expect-error The targets are missing.
    expect(await rejection(trainer.fit(column(1), { epochs: 1 }))).toBeInstanceOf(ArgumentError);
  });

  test('a second fit while the first one is under way', async () => {
    const { trainer } = trained();
    const first = trainer.fit(one, { ...quiet, epochs: 2 });
    expect(await rejection(trainer.fit(one, quiet))).toBeInstanceOf(ArgumentError);
    expect((await first).epochs).toEqual([0, 1]);
    expect((await trainer.fit(one, quiet)).epochs).toEqual([0]);
  });

  test.each([
    ['an unknown optimizer', { optimizer: 'nadir' }],
    ['an unknown loss', { loss: 'regret' }],
    ['too many losses', { loss: ['mse', 'mse'] }],
    ['a loss for an output that does not exist', { loss: { head: 'mse' } }],
    ['a loss weight that is no number', { loss: 'mse', lossWeights: Number.NaN }],
    ['metrics for an output that does not exist', { loss: 'mse', metrics: { head: ['mae'] } }],
    ['metrics that are no list', { loss: 'mse', metrics: JSON.parse('"mae"') }],
  ])('compiling with %s', async (_, options) => {
    const { trainer } = trained();
    const before = trainer.compilation;
    expect(() => trainer.compile(options)).toThrow(ArgumentError);
    expect(trainer.compilation).toBe(before);
  });
});
