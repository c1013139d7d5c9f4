import { optimizers } from 'mapache/optim';
import { ArgumentError, tensor } from 'mapache/tensor';
import { EarlyStopping, type EarlyStoppingOptions, Trainer, type TrainingControl } from 'mapache/training';
import { describe, expect, test, vi } from 'vitest';
import { LinearModel } from '../../../support/linear-model.js';

function controlled(direction: 'up' | 'down' | null = 'down'): TrainingControl {
  const model = new LinearModel();
  return { model, optimizer: optimizers.sgd(), stopTraining: false, directionOf: () => direction };
}

/** Shows the values to the callback, epoch by epoch, until it stops; returns the epoch it stopped after. */
function replay(options: EarlyStoppingOptions, values: readonly number[], firstEpoch = 0): number | null {
  const control = controlled();
  const callback = new EarlyStopping({ monitor: 'loss', ...options });
  callback.setModel(control);
  callback.onTrainBegin();
  for (const [i, loss] of values.entries()) {
    callback.onEpochEnd(firstEpoch + i, { loss });
    if (control.stopTraining) break;
  }
  expect(callback.stoppedEpoch !== null).toBe(control.stopTraining);
  return callback.stoppedEpoch;
}

describe('EarlyStopping', () => {
  // Worked out by hand from Keras's rules: the wait counts epochs since the last improvement, and training stops when it
  // reaches patience.
  test.each<[string, EarlyStoppingOptions, readonly number[], number | null]>([
    ['goes on while the log improves', {}, [4, 3, 2, 1], null],
    ['stops at the first epoch without improvement', {}, [4, 3, 3, 1], 2],
    ['waits for patience epochs', { patience: 2 }, [4, 3, 5, 6, 1], 3],
    ['starts to wait anew after an improvement', { patience: 2 }, [4, 5, 3, 5, 2, 6, 7], 6],
    ['patience 0 and 1 are the same', { patience: 1 }, [4, 3, 3, 1], 2],
    ['a change of minDelta is no improvement', { minDelta: 1 }, [4, 3, 0], 1],
    ['a change of more than minDelta is one', { minDelta: 1 }, [4, 2.5, 1], null],
    ['the sign of minDelta does not matter', { minDelta: -1 }, [4, 3, 0], 1],
    ['max watches for growth', { mode: 'max' }, [1, 2, 1], 2],
    ['max with minDelta', { mode: 'max', minDelta: 1 }, [1, 2], 1],
    ['never stops after the very first epoch', { baseline: 1 }, [5], null],
    ['improvements above the baseline do not end the wait', { baseline: 1, patience: 3 }, [5, 4, 3, 3], 3],
    ['improvements below the baseline do', { baseline: 4.5, patience: 2 }, [5, 4, 3, 3, 3], 4],
    ['epochs before startFromEpoch do not count', { startFromEpoch: 2 }, [1, 2, 3, 3], 3],
    ['NaN is no improvement', { patience: 2 }, [1, Number.NaN, Number.NaN], 2],
  ])('%s', (_, options, values, stopped) => {
    expect(replay(options, values)).toBe(stopped);
  });

  test('counts epochs from where training started', () => {
    expect(replay({}, [1, 2], 7)).toBe(8);
  });

  test('starts afresh with every training', () => {
    const control = controlled();
    const callback = new EarlyStopping({ monitor: 'loss' });
    callback.setModel(control);
    callback.onTrainBegin();
    callback.onEpochEnd(0, { loss: 1 });
    callback.onTrainBegin();
    callback.onEpochEnd(1, { loss: 2 });
    expect(control.stopTraining).toBe(false);
    expect(callback.best).toBe(2);
  });

  test('warns about a log that is not there, and goes on', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    try {
      const callback = new EarlyStopping();
      callback.setModel(controlled());
      callback.onEpochEnd(0, { loss: 1 });
      callback.onEpochEnd(1, { loss: 1 });
      expect(warn).toHaveBeenCalledTimes(2);
      expect(warn).toHaveBeenCalledWith(expect.stringContaining("'val_loss'"));
      expect(callback.stoppedEpoch).toBeNull();
    } finally {
      warn.mockRestore();
    }
  });

  test('asks the metric which way is better, and refuses if nobody knows', () => {
    const up = controlled('up');
    const callback = new EarlyStopping({ monitor: 'val_accuracy' });
    callback.setModel(up);
    callback.onEpochEnd(0, { val_accuracy: 0.5 });
    callback.onEpochEnd(1, { val_accuracy: 0.6 });
    expect(up.stopTraining).toBe(false);
    callback.setModel(controlled(null));
    expect(() => callback.onEpochEnd(2, { val_accuracy: 0.7 })).toThrow(ArgumentError);
  });

  test('refuses a mode that does not exist', () => {
    expect(() => new EarlyStopping({ mode: JSON.parse('"most"') })).toThrow(ArgumentError);
  });

  test('restoreBestWeights gives the model back what it had after the best epoch', async () => {
    const model = new LinearModel();
    const trainer = new Trainer(model);
    // With this rate each step overshoots by more than the one before: 1 - 2 * 1.2 = -1.4.
    trainer.compile({ optimizer: optimizers.sgd({ learningRate: 1.2 }), loss: 'mse' });
    model.kernel.trainable = false;
    const data = { x: tensor([[0]]), y: tensor([[1]]) };
    const callback = new EarlyStopping({ monitor: 'val_loss', patience: 2, restoreBestWeights: true });
    const options = { epochs: 9, verbose: 0, validationData: data, callbacks: [callback] } as const;
    const history = await trainer.fit(data, options);
    expect(history.epochs).toEqual([0, 1, 2]);
    expect(callback.bestEpoch).toBe(0);
    expect(callback.stoppedEpoch).toBe(2);
    // bias after the first step: 0 + 1.2 * 2 * (1 - 0).
    expect(await model.bias.value.array()).toEqual([expect.closeTo(2.4, 5)]);
    expect((await trainer.evaluate(data)).loss).toBeCloseTo(history.history.val_loss?.[0] as number, 6);
  });

  test('restores also when training ends by itself, and does not without being asked to', async () => {
    for (const restoreBestWeights of [true, false]) {
      const model = new LinearModel();
      const trainer = new Trainer(model);
      trainer.compile({ optimizer: optimizers.sgd({ learningRate: 1.2 }), loss: 'mse' });
      model.kernel.trainable = false;
      const data = { x: tensor([[0]]), y: tensor([[1]]) };
      const callbacks = [new EarlyStopping({ monitor: 'val_loss', patience: 9, restoreBestWeights })];
      await trainer.fit(data, { epochs: 2, verbose: 0, validationData: data, callbacks });
      // The second step: 2.4 + 1.2 * 2 * (1 - 2.4).
      const bias = restoreBestWeights ? 2.4 : -0.96;
      expect(await model.bias.value.array()).toEqual([expect.closeTo(bias, 5)]);
    }
  });
});
