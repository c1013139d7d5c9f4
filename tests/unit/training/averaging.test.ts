import { optimizers } from 'mapache/optim';
import { tensor, type Variable } from 'mapache/tensor';
import { Trainer } from 'mapache/training';
import { describe, expect, test } from 'vitest';
import { LinearModel } from '../../support/linear-model.js';
import { bitsOf, expectSameBits } from '../../support/tensors.js';

const column = (...values: readonly number[]) => tensor(values.map((value) => [value]));
const data = { x: column(1, 2), y: column(3, 5) };
const options = { verbose: 0, epochs: 4, batchSize: 1, shuffle: false } as const;

function averaging(model: LinearModel, useEma = true): Trainer {
  const trainer = new Trainer(model);
  trainer.compile({ optimizer: optimizers.sgd({ learningRate: 0.01, useEma, emaMomentum: 0.9 }), loss: 'mse' });
  return trainer;
}

const numbersOf = async ({ value }: Variable): Promise<number> => (await value.data())[0] as number;

describe('averages of weights', () => {
  test('replace the weights when fit ends, before callbacks hear of it', async () => {
    const [model, plain] = [new LinearModel(), new LinearModel()];
    const trainer = averaging(model);
    let seen = Number.NaN;
    const onTrainEnd = async (): Promise<void> => {
      seen = await numbersOf(model.kernel);
    };
    const trained: number[] = [];
    const onTrainBatchEnd = async (): Promise<void> => void trained.push(await numbersOf(plain.kernel));
    await averaging(plain, false).fit(data, { ...options, callbacks: [{ onTrainBatchEnd }] });
    await trainer.fit(data, { ...options, callbacks: [{ onTrainEnd }] });

    const [first, ...rest] = trained as [number, ...number[]];
    const average = rest.reduce((mean, value) => 0.9 * mean + 0.1 * value, first);
    expect(seen).toBeCloseTo(average, 5);
    expect(await numbersOf(model.kernel)).toBe(seen);
    expect(Math.abs(seen - (trained.at(-1) as number))).toBeGreaterThan(0.1);
  });

  test('of a weight that begins to train later start from what it holds, not from 0', async () => {
    const model = new LinearModel();
    model.kernel.assign([[1.8]]);
    model.kernel.trainable = false;
    const trainer = averaging(model);
    await trainer.fit(data, options);
    model.kernel.trainable = true;
    await trainer.fit(data, { ...options, epochs: 1 });
    expect(await numbersOf(model.kernel)).toBeGreaterThan(1.75);
  });

  test('change nothing where no batch was trained on', async () => {
    const model = new LinearModel();
    model.kernel.assign([[1.8]]);
    const before = await bitsOf(model.variables);
    await averaging(model).fit(data, { ...options, signal: AbortSignal.abort() });
    await expectSameBits(model.variables, before);
  });
});
