import { optimizers, schedules } from 'mapache/optim';
import { ArgumentError, tensor } from 'mapache/tensor';
import { callbacks, type ReduceLROnPlateauOptions, Trainer, type TrainingControl } from 'mapache/training';
import { describe, expect, test } from 'vitest';
import { LinearModel } from '../../../support/linear-model.js';

function controlled(learningRate: number): TrainingControl {
  const optimizer = optimizers.sgd({ learningRate });
  return { model: new LinearModel(), optimizer, stopTraining: false, directionOf: () => 'down' };
}

describe('reduceLROnPlateau', () => {
  // What Keras 3.15.1's callback makes of these losses.
  test.each<[string, ReduceLROnPlateauOptions, readonly number[], readonly number[]]>([
    [
      'waits for patience epochs, again and again',
      { patience: 2, factor: 0.5 },
      [4, 3, 3, 3, 3, 3, 3],
      [0.1, 0.1, 0.1, 0.05, 0.05, 0.025, 0.025],
    ],
    [
      'counts nothing while it cools down',
      { patience: 1, factor: 0.5, cooldown: 2 },
      [4, 3, 3, 3, 3, 3, 3, 3],
      [0.1, 0.1, 0.05, 0.05, 0.025, 0.025, 0.0125, 0.0125],
    ],
    ['never goes below minLr', { patience: 1, minLr: 0.02 }, [1, 1, 1, 1], [0.1, 0.02, 0.02, 0.02]],
    [
      'wants a change of more than minDelta',
      { patience: 1, factor: 0.5, mode: 'max' },
      [1, 2, 2.00005, 2.0002, 1],
      [0.1, 0.1, 0.05, 0.05, 0.025],
    ],
    ['takes NaN for no improvement', { patience: 1, factor: 0.5 }, [1, Number.NaN, 0.5, 0.5], [0.1, 0.05, 0.05, 0.025]],
  ])('%s', async (_, options, losses, rates) => {
    const control = controlled(0.1);
    const callback = callbacks.reduceLROnPlateau({ monitor: 'loss', ...options });
    callback.setModel(control);
    callback.onTrainBegin();
    const seen: number[] = [];
    for (const [epoch, loss] of losses.entries()) {
      const before = await control.optimizer.learningRate.value.item();
      expect(await callback.onEpochEnd(epoch, { loss })).toEqual({ learning_rate: before });
      seen.push(await control.optimizer.learningRate.value.item());
    }
    expect(seen).toEqual(rates.map(Math.fround));
  });

  test('refuses factors that do not reduce, and optimizers with a schedule', async () => {
    expect(() => callbacks.reduceLROnPlateau({ factor: 1 })).toThrow(ArgumentError);
    const schedule = schedules.exponentialDecay({ initialLearningRate: 1, decaySteps: 1, decayRate: 0.5 });
    const optimizer = optimizers.sgd({ learningRate: schedule });
    const callback = callbacks.reduceLROnPlateau({ monitor: 'loss', patience: 1 });
    callback.setModel({ ...controlled(1), optimizer });
    await callback.onEpochEnd(0, { loss: 1 });
    await expect(callback.onEpochEnd(1, { loss: 1 })).rejects.toThrow(ArgumentError);
  });
});

describe('learningRateScheduler', () => {
  test('sets the rate of each epoch from its number and the rate before, and logs it', async () => {
    const model = new LinearModel();
    const trainer = new Trainer(model);
    trainer.compile({ optimizer: optimizers.sgd({ learningRate: 0.5 }), loss: 'mse' });
    const seen: number[] = [];
    const scheduler = callbacks.learningRateScheduler((epoch, learningRate) => {
      seen.push(learningRate);
      return epoch === 0 ? learningRate : learningRate / 2;
    });
    const data = { x: tensor([[1]]), y: tensor([[1]]) };
    const history = await trainer.fit(data, { epochs: 3, verbose: 0, callbacks: [scheduler] });
    expect(seen).toEqual([0.5, 0.5, 0.25]);
    expect(history.history.learning_rate).toEqual([0.5, 0.25, 0.125]);
  });
});
