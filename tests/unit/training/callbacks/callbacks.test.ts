import { optimizers } from 'mapache/optim';
import { type NestedArray, tensor } from 'mapache/tensor';
import {
  type Callback,
  History,
  LambdaCallback,
  type Logs,
  Trainer,
  type TrainingControl,
  TrainingPause,
} from 'mapache/training';
import { describe, expect, test } from 'vitest';
import { LinearModel } from '../../../support/linear-model.js';

const column = (...values: readonly number[]) => tensor(values.map((value) => [value]));
const three = { x: column(1, 2, 3), y: column(1, 2, 3) };
const quiet = { verbose: 0, batchSize: 2 } as const;

function lineTrainer() {
  const model = new LinearModel();
  const trainer = new Trainer(model);
  trainer.compile({ optimizer: optimizers.sgd({ learningRate: 0.01 }), loss: 'mse', metrics: ['mae'] });
  return { model, trainer };
}

/** A callback that writes down which of its hooks is called. */
function witness(name: string, calls: string[]): Callback {
  return new LambdaCallback({
    setParams: ({ epochs, steps, batchSize, samples }) =>
      calls.push(`${name} params ${epochs} ${steps} ${batchSize} ${samples}`),
    setModel: ({ model }) => calls.push(`${name} model ${model.name}`),
    onTrainBegin: () => void calls.push(`${name} train begin`),
    onTrainEnd: (logs) => void calls.push(`${name} train end ${Object.keys(logs)}`),
    onEpochBegin: (epoch) => void calls.push(`${name} epoch ${epoch} begin`),
    onEpochEnd: (epoch, logs) => void calls.push(`${name} epoch ${epoch} end ${Object.keys(logs)}`),
    onTrainBatchBegin: (batch) => void calls.push(`${name} batch ${batch} begin`),
    onTrainBatchEnd: (batch, logs) => void calls.push(`${name} batch ${batch} end ${Object.keys(logs)}`),
  });
}

describe('callbacks', () => {
  test('are called in order, each hook on all of them before the next hook', async () => {
    const calls: string[] = [];
    const { trainer } = lineTrainer();
    await trainer.fit(three, {
      ...quiet,
      epochs: 2,
      validationData: three,
      callbacks: [witness('a', calls), witness('b', calls)],
    });
    const epoch = (number: number) =>
      [
        `epoch ${number} begin`,
        'batch 0 begin',
        'batch 0 end loss,mean_absolute_error',
        'batch 1 begin',
        'batch 1 end loss,mean_absolute_error',
        `epoch ${number} end loss,mean_absolute_error,val_loss,val_mean_absolute_error`,
      ].map((call) => call.replaceAll('mean_absolute_error', 'mae'));
    const end = 'train end loss,mae,val_loss,val_mae';
    const hooks = ['train begin', ...epoch(0), ...epoch(1), end].flatMap((hook) => [`a ${hook}`, `b ${hook}`]);
    const setters = ['a', 'b'].flatMap((name) => [`${name} params 2 2 2 3`, `${name} model line`]);
    expect(calls).toEqual([...setters, ...hooks]);
  });

  test('are awaited', async () => {
    const calls: string[] = [];
    const { trainer } = lineTrainer();
    const slow: Callback = {
      async onEpochEnd() {
        await new Promise((resolve) => setTimeout(resolve, 5));
        calls.push('slow');
      },
    };
    await trainer.fit(three, { ...quiet, callbacks: [slow, { onEpochEnd: () => void calls.push('quick') }] });
    expect(calls).toEqual(['slow', 'quick']);
  });

  test('see running means after every batch', async () => {
    const seen: Logs[] = [];
    const { trainer } = lineTrainer();
    trainer.compile({ optimizer: optimizers.sgd({ learningRate: 0 }), loss: 'mse', metrics: ['mae'] });
    const callbacks = [{ onTrainBatchEnd: (_: number, logs: Logs) => void seen.push(logs) }];
    await trainer.fit(three, { ...quiet, shuffle: false, callbacks });
    // Squares 1, 4 and 9 in batches of two samples and of one.
    expect(seen).toEqual([
      { loss: 2.5, mae: expect.closeTo(1.5, 6) },
      { loss: expect.closeTo(14 / 3, 6), mae: expect.closeTo(2, 6) },
    ]);
  });

  test('that do not want the metrics of batches get the loss alone', async () => {
    const seen: Logs[] = [];
    const { trainer } = lineTrainer();
    const callback: Callback = { wantsBatchLogs: false, onTrainBatchEnd: (_, logs) => void seen.push(logs) };
    await trainer.fit(three, { ...quiet, callbacks: [callback] });
    expect(seen.map((logs) => Object.keys(logs))).toEqual([['loss'], ['loss']]);
  });

  test('end fit by throwing', async () => {
    const { trainer } = lineTrainer();
    const failing: Callback = {
      onTrainBatchEnd() {
        throw new RangeError('enough');
      },
    };
    await expect(trainer.fit(three, { ...quiet, callbacks: [failing] })).rejects.toThrow('enough');
    expect((await trainer.fit(three, quiet)).epochs).toEqual([0]);
  });

  test('may change the learning rate as they go', async () => {
    const { model, trainer } = lineTrainer();
    let start: NestedArray = [];
    await trainer.fit(three, {
      ...quiet,
      epochs: 2,
      callbacks: [
        {
          async onEpochBegin(epoch) {
            if (epoch === 0) return;
            start = await model.kernel.value.array();
            trainer.optimizer.learningRate.assign(0);
          },
        },
      ],
    });
    expect(await model.kernel.value.array()).toEqual(start);
  });
});

describe('stopping', () => {
  test('stopTraining ends the epoch after the batch, with validation and history', async () => {
    const calls: string[] = [];
    let control: TrainingControl | null = null;
    const { trainer } = lineTrainer();
    const stopper: Callback = {
      setModel: (given) => {
        control = given;
      },
      onTrainBatchEnd: () => {
        (control as TrainingControl).stopTraining = true;
      },
    };
    const options = { ...quiet, epochs: 5, validationData: three, callbacks: [stopper, witness('w', calls)] };
    const history = await trainer.fit(three, options);
    expect(history.epochs).toEqual([0]);
    expect(history.history.val_loss).toHaveLength(1);
    expect(calls.filter((call) => call.includes('batch'))).toHaveLength(2);
    // The next fit is not stopped.
    expect((await trainer.fit(three, { ...quiet, epochs: 2 })).epochs).toEqual([0, 1]);
  });

  test.each([
    ['during an epoch', 'onTrainBatchEnd', 1],
    ['at the end of an epoch', 'onEpochEnd', 2],
  ] as const)('a signal %s leaves whole epochs in the history', async (_, hook, epochs) => {
    const controller = new AbortController();
    const calls: string[] = [];
    const { trainer } = lineTrainer();
    let count = 0;
    const abort = () => {
      // The third batch is the first one of the second epoch.
      if (++count === (hook === 'onEpochEnd' ? 2 : 3)) controller.abort();
    };
    const callbacks = [{ [hook]: abort }, witness('w', calls)];
    const history = await trainer.fit(three, { ...quiet, epochs: 9, callbacks, signal: controller.signal });
    expect(history.epochs).toEqual(Array.from({ length: epochs }, (_, epoch) => epoch));
    expect(calls.at(-1)).toContain('train end');
    expect(calls.filter((call) => call.includes('batch') && call.includes('begin'))).toHaveLength(
      hook === 'onEpochEnd' ? 4 : 3,
    );
  });

  test('a signal that comes from a timer is heard', async () => {
    const { trainer } = lineTrainer();
    const history = await trainer.fit(three, { ...quiet, epochs: 1e9, signal: AbortSignal.timeout(20) });
    expect(history.epochs.length).toBeLessThan(1e9);
  });

  test('a signal during validation leaves the epoch out', async () => {
    const controller = new AbortController();
    const { trainer } = lineTrainer();
    const validationData = {
      size: null,
      async *batches() {
        controller.abort();
        yield { x: column(1), y: column(1) };
      },
    };
    const history = await trainer.fit(three, { ...quiet, epochs: 3, validationData, signal: controller.signal });
    expect(history.epochs).toEqual([]);
  });

  test('a signal that was there before ends fit before the first batch', async () => {
    const { model, trainer } = lineTrainer();
    const history = await trainer.fit(three, { ...quiet, signal: AbortSignal.abort() });
    expect(history.epochs).toEqual([]);
    expect(await model.passes.value.item()).toBe(0);
  });

  test('evaluate and predict reject with the reason of the signal', async () => {
    const { trainer } = lineTrainer();
    const signal = AbortSignal.abort(new RangeError('not now'));
    await expect(trainer.evaluate(three, { signal })).rejects.toThrow('not now');
    await expect(trainer.predict(three.x, { signal })).rejects.toThrow('not now');
  });
});

describe('a pause', () => {
  test('holds training between two batches until it is over', async () => {
    const { trainer } = lineTrainer();
    const pause = new TrainingPause();
    let batches = 0;
    const standing: Promise<void>[] = [];
    const callback = { onTrainBatchEnd: () => void (++batches === 2 && standing.push(pause.pause())) };
    const training = trainer.fit(three, { ...quiet, epochs: 3, pause, callbacks: [callback] });
    while (standing.length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
    await Promise.all(standing);
    await pause.pause();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([batches, pause.isPaused]).toEqual([2, true]);
    pause.resume();
    expect((await training).epochs).toEqual([0, 1, 2]);
    expect([batches, pause.isPaused]).toEqual([6, false]);
  });

  test('ends with the signal', async () => {
    const { trainer } = lineTrainer();
    const pause = new TrainingPause();
    const controller = new AbortController();
    const training = trainer.fit(three, { ...quiet, epochs: 3, pause, signal: controller.signal });
    await pause.pause();
    controller.abort();
    expect((await training).epochs.length).toBeLessThan(3);
  });
});

describe('History', () => {
  test('lists each log by epoch', () => {
    const history = new History();
    history.onTrainBegin();
    history.onEpochEnd(0, { loss: 3 });
    history.onEpochEnd(1, { loss: 2, val_loss: 4 });
    expect(history.history).toEqual({ loss: [3, 2], val_loss: [4] });
    expect(history.epochs).toEqual([0, 1]);
  });
});
