import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadModel } from 'mapache/io';
import { layers, sequential } from 'mapache/layers';
import { optimizers } from 'mapache/optim';
import { ArgumentError, tensor } from 'mapache/tensor';
import {
  callbacks,
  type Logs,
  type ModelCheckpointOptions,
  type SaveHandler,
  Trainer,
  type TrainingControl,
} from 'mapache/training';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { formatTemplate, pythonFloat } from '../../../../src/training/callbacks/pythonFormat.js';
import { histogram } from '../../../../src/training/callbacks/tensorBoard/events.js';
import { crc32c } from '../../../../src/training/callbacks/tensorBoard/record.js';
import { LinearModel } from '../../../support/linear-model.js';
import { temporaryFolder } from '../../../support/sandbox.js';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe("Python's formats", () => {
  // As Python 3.12 prints them.
  test.each([
    ['{epoch:02d}-{val_loss:.2f}', { epoch: 3, val_loss: 0.125 }, '03-0.12'],
    ['{epoch}-{val_loss}', { epoch: 12, val_loss: 0.5 }, '12-0.5'],
    [
      '{a:.3e}|{a:+.1f}|{a:.1%}|{a:08.3f}|{a:*^10.1f}|{a:<6.1f}|',
      { a: 0.375 },
      '3.750e-01|+0.4|37.5%|0000.375|***0.4****|0.4   |',
    ],
    ['{{{epoch:4d}}}', { epoch: 7 }, '{   7}'],
    ['{a:.0f} {b:.0f} {c:.2f} {a}', { a: 2.5, b: 3.5, c: -1.005 }, '2 4 -1.00 2.5'],
  ] as const)('%s', (template, values, expected) => {
    expect(formatTemplate('test', template, values, new Set(['epoch']))).toBe(expected);
  });

  test.each([
    [1, '1.0'],
    [0.1, '0.1'],
    [1e-4, '0.0001'],
    [1e-5, '1e-05'],
    [123456789012345680, '1.2345678901234568e+17'],
    [1e15, '1000000000000000.0'],
    [1e16, '1e+16'],
    [5e-324, '5e-324'],
    [-0, '-0.0'],
    [Number.NaN, 'nan'],
    [-Infinity, '-inf'],
  ])('%d is %s', (value, text) => {
    expect(pythonFloat(value)).toBe(text);
  });

  test.each(['{loss:d}', '{accuracy}', '{loss:x}', '{}'])('%s is refused, with what there is', (template) => {
    expect(() => formatTemplate('test', template, { epoch: 1, loss: 2 }, new Set(['epoch']))).toThrow(/epoch, loss/);
  });
});

describe('modelCheckpoint', () => {
  interface Epoch {
    readonly batches?: number;
    readonly logs: Logs;
  }

  /** Plays epochs to the callback; returns the files that it has saved. */
  async function saved(path: string, options: ModelCheckpointOptions, epochs: readonly Epoch[]): Promise<string[]> {
    const save = async (to: SaveHandler): Promise<void> => to.save({ model: Uint8Array.of(1) });
    const model = Object.assign(new LinearModel(), { save, saveWeights: save });
    const callback = callbacks.modelCheckpoint(join(folder, path), options);
    callback.setModel({ model, optimizer: optimizers.sgd(), stopTraining: false, directionOf: () => 'down' });
    for (const [epoch, { batches = 0, logs }] of epochs.entries()) {
      callback.onEpochBegin(epoch);
      for (let batch = 0; batch < batches; batch++) await callback.onTrainBatchEnd(batch, { loss: 1 + batch });
      await callback.onEpochEnd(epoch, logs);
    }
    return readdirSync(folder);
  }
  const losses = (...values: readonly number[]): readonly Epoch[] =>
    values.map((loss) => ({ logs: { val_loss: loss } }));

  // What Keras 3.15.1's callback saves when it is shown the same.
  test.each<[string, string, ModelCheckpointOptions, readonly Epoch[], readonly string[]]>([
    ['after every epoch', '{epoch:02d}.keras', {}, losses(3, 4), ['01.keras', '02.keras']],
    ['what is best', '{epoch:02d}.keras', { saveBestOnly: true }, losses(3, 4, 2, 2), ['01.keras', '03.keras']],
    [
      'what beats a threshold',
      '{epoch:02d}-{val_loss:.2f}.keras',
      { saveBestOnly: true, initialValueThreshold: 2 },
      losses(3, 1.5, 1.4),
      ['02-1.50.keras', '03-1.40.keras'],
    ],
    [
      'after so many batches, across epochs',
      '{epoch}-{batch:03d}-{loss:.1f}.weights.h5',
      { saveFreq: 2, saveWeightsOnly: true },
      [3, 3, 2].map((batches) => ({ batches, logs: {} })),
      ['1-002-2.0', '2-001-1.0', '2-003-3.0', '3-002-2.0'].map((name) => `${name}.weights.h5`),
    ],
  ])('saves %s', async (_, path, options, epochs, expected) => {
    expect(await saved(path, options, epochs)).toEqual(expected);
  });

  test('saves with a warning where the log is missing', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    try {
      const epochs = [{ logs: {} }, ...losses(1)];
      expect(await saved('{epoch}.keras', { saveBestOnly: true }, epochs)).toEqual(['1.keras', '2.keras']);
      expect(warn).toHaveBeenCalledTimes(1);
    } finally {
      warn.mockRestore();
    }
  });

  test('refuses names that mean no format, and models that cannot be saved', async () => {
    expect(() => callbacks.modelCheckpoint('model.h5')).toThrow(/'\.keras'/);
    expect(() => callbacks.modelCheckpoint('model.keras', { saveWeightsOnly: true })).toThrow(/weights\.h5/);
    expect(() => callbacks.modelCheckpoint('model.keras', { saveFreq: 0 })).toThrow(ArgumentError);
    const callback = callbacks.modelCheckpoint('model.keras');
    callback.setModel({
      model: new LinearModel(),
      optimizer: optimizers.sgd(),
      stopTraining: false,
      directionOf: () => null,
    } satisfies TrainingControl);
    await expect(callback.onEpochEnd(0, {})).rejects.toThrow(/'line', which cannot/);
  });

  test('writes files that open, with weights of the best epoch', async () => {
    const network = sequential([layers.inputLayer({ shape: [1] }), layers.dense({ units: 1 })]);
    network.compile({ optimizer: optimizers.sgd({ learningRate: 0.1 }), loss: 'mse' });
    const data = { x: tensor([[1], [2]]), y: tensor([[2], [4]]) };
    const checkpoint = callbacks.modelCheckpoint(join(folder, 'deep', '{epoch:02d}.keras'), { monitor: 'loss' });
    await network.fit(data, { epochs: 2, verbose: 0, callbacks: [checkpoint] });
    expect(readdirSync(join(folder, 'deep'))).toEqual(['01.keras', '02.keras']);
    const opened = await loadModel(join(folder, 'deep', '02.keras'));
    expect(await (await opened.predict(data.x)).array()).toEqual(await (await network.predict(data.x)).array());
  });
});

describe('csvLogger', () => {
  const first = { loss: 0.1, accuracy: 1, val_loss: 1e-5, val_accuracy: 0.30000000000000004 };
  const file = () => join(folder, 'training.csv');

  // The bytes that Keras 3.15.1 writes.
  test('writes what Keras writes, and goes on with a file', async () => {
    const logger = callbacks.csvLogger(file());
    await logger.onTrainBegin();
    await logger.onEpochEnd(0, first);
    await logger.onEpochEnd(1, { loss: Number.NaN, val_loss: 1e22 });
    const text =
      'epoch,accuracy,loss,val_accuracy,val_loss\r\n0,1.0,0.1,0.30000000000000004,1e-05\r\n1,NA,nan,NA,1e+22\r\n';
    expect(readFileSync(file(), 'utf8')).toBe(text);
    const more = callbacks.csvLogger(file(), { append: true, separator: ';' });
    await more.onTrainBegin();
    await more.onEpochEnd(2, { loss: 0.5 });
    expect(readFileSync(file(), 'utf8')).toBe(`${text}2;0.5;NA\r\n`);
  });

  test('replaces a file unless it is told otherwise, and takes rows back that will come again', async () => {
    for (let i = 0; i < 2; i++) {
      const logger = callbacks.csvLogger(file());
      await logger.onTrainBegin();
      await logger.onEpochEnd(0, { loss: 1 });
      const state = logger.state();
      await logger.onEpochEnd(1, { loss: 2 });
      const resumed = callbacks.csvLogger(file());
      await resumed.restore(state);
      await resumed.onEpochEnd(1, { loss: 3 });
      expect(readFileSync(file(), 'utf8')).toBe('epoch,loss,val_loss\r\n0,1.0,NA\r\n1,3.0,NA\r\n');
    }
  });
});

describe('tensorBoard', () => {
  test('checksums are CRC-32C', () => {
    // The check value of the algorithm, and one of RFC 3720, B.4.
    expect(crc32c(new TextEncoder().encode('123456789'))).toBe(0xe3069283);
    expect(crc32c(new Uint8Array(32))).toBe(0x8a9136aa);
  });

  test('histograms count every number once, the largest one too', () => {
    const rows = histogram([0, 1, 2, 30, 30]);
    expect(rows).toHaveLength(90);
    expect([...rows.slice(0, 6)]).toEqual([0, 1, 1, 1, 2, 1]);
    expect([...rows.slice(87)]).toEqual([29, 30, 2]);
    expect([...histogram([2, 2])]).toEqual([1.5, 2.5, 2]);
  });

  test('writes the curves of training and validation to folders of their own', async () => {
    const trainer = new Trainer(new LinearModel());
    trainer.compile({ optimizer: optimizers.sgd({ learningRate: 0.5 }), loss: 'mse' });
    const data = { x: tensor([[1], [1]]), y: tensor([[1], [1]]) };
    const board = callbacks.tensorBoard({ logDir: folder, updateFreq: 2, histogramFreq: 1 });
    await trainer.fit(data, { epochs: 2, batchSize: 1, verbose: 0, validationData: data, callbacks: [board] });
    const tags = (run: string): string[] => {
      const [name] = readdirSync(join(folder, run)) as [string];
      expect(name).toMatch(/^events\.out\.tfevents\.\d+\./);
      const text = readFileSync(join(folder, run, name), 'latin1');
      return text.match(/(epoch|batch|evaluation)_[a-z_]+|\w+\/histogram/g) ?? [];
    };
    const epoch = ['batch_loss', 'epoch_loss', 'epoch_learning_rate', 'kernel/histogram', 'bias/histogram'];
    expect(tags('train').filter((tag) => !tag.includes('passes'))).toEqual([...epoch, ...epoch]);
    const validation = ['epoch_loss', 'evaluation_loss_vs_iterations'];
    expect(tags('validation')).toEqual([...validation, ...validation]);
  });

  test('makes no file when there is nothing to write', async () => {
    const board = callbacks.tensorBoard({ logDir: join(folder, 'none') });
    board.onTrainBegin();
    expect(existsSync(join(folder, 'none'))).toBe(false);
    expect(() => callbacks.tensorBoard({ updateFreq: 0 })).toThrow(ArgumentError);
  });
});
