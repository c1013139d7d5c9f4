import { tensor } from 'mapache/tensor';
import { ProgressBar, type ProgressOutput, Trainer } from 'mapache/training';
import { describe, expect, test } from 'vitest';
import { progressLine, summaryLine } from '../../../../src/training/callbacks/progressLine.js';
import { LinearModel } from '../../../support/linear-model.js';

const halfway = { step: 5, steps: 10, samples: 160, seconds: 2, logs: { loss: 0.41, accuracy: 0.8333333 } };

describe('progressLine', () => {
  test('shows the bar, the time left, throughput and logs', () => {
    expect(progressLine(halfway, 200)).toBe(
      ' 5/10 ━━━━━━━━━━────────── ETA 2s 400ms/step 80 samples/s - loss: 0.4100 - accuracy: 0.8333',
    );
  });

  test('shows the time taken when the epoch is done or its length unknown', () => {
    expect(progressLine({ ...halfway, step: 10, seconds: 4 }, 200)).toMatch(/^10\/10 ━{20} 4s 400ms\/step/);
    expect(progressLine({ ...halfway, steps: null }, 200)).toMatch(/^5 ─{20} 2s 400ms\/step/);
  });

  test('fits in the terminal, leaving the last column free', () => {
    const whole = progressLine(halfway, 200);
    for (const columns of [0, 1, 20, whole.length]) {
      expect(progressLine(halfway, columns)).toBe(whole.slice(0, Math.max(columns - 1, 0)));
    }
    expect(progressLine(halfway, whole.length + 1)).toBe(whole);
  });

  test.each([
    [0.0001, '1.0000e-04'],
    [-2.5e-12, '-2.5000e-12'],
    [0, '0.0000'],
    [-2.5, '-2.5000'],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('prints %d as Keras does', (loss, text) => {
    expect(progressLine({ ...halfway, logs: { loss } }, 200)).toMatch(
      new RegExp(` - loss: ${text.replace('.', '\\.')}$`),
    );
  });

  test.each([
    [50, 10, '50s', '5.0s'],
    [200, 10, '3:20', '20.0s'],
    [3723, 10, '1:02:03', '372.3s'],
    [0.005, 10, '0s', '500us'],
  ])('prints %d seconds for %d steps', (seconds, step, clock, perStep) => {
    expect(summaryLine({ ...halfway, step, seconds })).toContain(`10/10 - ${clock} ${perStep}/step`);
  });
});

/** An output and a clock that stand still until they are told. */
function stage(isTerminal: boolean) {
  const lines: string[] = [];
  const clock = { time: 0 };
  const output: ProgressOutput = {
    isTerminal,
    columns: 200,
    printLine: (text) => void lines.push(`print ${text}`),
    drawLine: (text) => void lines.push(`draw ${text}`),
  };
  return { lines, clock, output, now: () => clock.time };
}

describe('ProgressBar', () => {
  test('draws on a terminal at most every 100 ms, and asks for metrics only then', () => {
    const { lines, clock, output, now } = stage(true);
    const bar = new ProgressBar({ output, now });
    bar.setParams({ epochs: 3, steps: 4, batchSize: 8, samples: 30 });
    bar.onEpochBegin(1);
    clock.time = 20;
    expect(bar.wantsBatchLogs).toBe(true);
    bar.onTrainBatchEnd(0, { loss: 4 });
    clock.time = 119;
    expect(bar.wantsBatchLogs).toBe(false);
    bar.onTrainBatchEnd(1, { loss: 3 });
    clock.time = 120;
    expect(bar.wantsBatchLogs).toBe(true);
    bar.onTrainBatchEnd(2, { loss: 2 });
    clock.time = 200;
    bar.onTrainBatchEnd(3, { loss: 2 });
    clock.time = 5000;
    bar.onEpochEnd(1, { loss: 2, val_loss: 1 });
    expect(lines).toEqual([
      'print Epoch 2/3',
      'draw 1/4 ━━━━━─────────────── ETA 0s 20ms/step 400 samples/s - loss: 4.0000',
      'draw 3/4 ━━━━━━━━━━━━━━━───── ETA 0s 40ms/step 200 samples/s - loss: 2.0000',
      // 30 samples in 0.2 s: validation does not count.
      'print 4/4 ━━━━━━━━━━━━━━━━━━━━ 0s 50ms/step 150 samples/s - loss: 2.0000 - val_loss: 1.0000',
    ]);
  });

  test('prints one line for each epoch where nothing can be drawn', () => {
    const { lines, clock, output, now } = stage(false);
    const bar = new ProgressBar({ output, now });
    bar.setParams({ epochs: 1, steps: null, batchSize: 8, samples: null });
    bar.onEpochBegin(0);
    clock.time = 1000;
    expect(bar.wantsBatchLogs).toBe(false);
    bar.onTrainBatchEnd(0, { loss: 4 });
    bar.onEpochEnd(0, { loss: 4 });
    expect(lines).toEqual(['print Epoch 1/1 - 1/1 - 1s 1.0s/step 8.0 samples/s - loss: 4.0000']);
  });

  const features = { data: 'training', total: 40, announcement: 'Features are kept.' } as const;

  test('draws how far features have come in place of the epoch they are computed in', () => {
    const { lines, clock, output, now } = stage(true);
    const bar = new ProgressBar({ output, now });
    bar.setParams({ epochs: 2, steps: 5, batchSize: 8, samples: 40 });
    bar.onEpochBegin(0);
    clock.time = 1000;
    bar.onFeatureProgress({ ...features, done: 8 });
    expect(bar.wantsBatchLogs).toBe(true);
    bar.onTrainBatchEnd(0, { loss: 4 });
    clock.time = 2000;
    bar.onFeatureProgress({ ...features, done: 16 });
    bar.onTrainBatchEnd(1, { loss: 3 });
    clock.time = 2099;
    bar.onFeatureProgress({ ...features, done: 24 });
    bar.onTrainBatchEnd(2, { loss: 3 });
    clock.time = 3000;
    bar.onFeatureProgress({ ...features, done: 40 });
    bar.onTrainBatchEnd(3, { loss: 2 });
    // All are there.
    clock.time = 4000;
    bar.onTrainBatchEnd(4, { loss: 1 });
    bar.onFeatureProgress({ ...features, data: 'validation', done: 8, announcement: 'Others are kept.' });
    expect(lines).toEqual([
      'print Epoch 1/2',
      'print Features are kept.',
      'draw Features of training samples:  8/40 ━━━━────────────────',
      'draw Features of training samples: 16/40 ━━━━━━━━──────────── ETA 3s 8.0 samples/s - loss: 4.0000',
      'draw 5/5 ━━━━━━━━━━━━━━━━━━━━ 4s 800ms/step 10 samples/s - loss: 1.0000',
      'print Others are kept.',
      'draw Features of validation samples:  8/40 ━━━━────────────────',
    ]);
  });

  test('prints a line every ten seconds where nothing can be drawn, and nothing twice', () => {
    const { lines, clock, output, now } = stage(false);
    const bar = new ProgressBar({ output, now });
    for (const [time, done] of [
      [0, 8],
      [9999, 16],
      [10_000, 24],
      [19_999, 32],
      [30_000, 40],
    ] as const) {
      clock.time = time;
      bar.onFeatureProgress({ ...features, done });
    }
    const others = 'Others are kept.';
    bar.onFeatureProgress({ ...features, done: 40, announcement: others });
    bar.onFeatureProgress({ ...features, done: 40 });
    expect(lines).toEqual([
      'print Features are kept.',
      'print Features of training samples: 24/40 ━━━━━━━━━━━━──────── ETA 10s 1.6 samples/s',
      `print ${others}`,
    ]);
  });

  test('follows a real training', async () => {
    const { lines, output } = stage(false);
    const trainer = new Trainer(new LinearModel());
    trainer.compile({ optimizer: 'sgd', loss: 'mse' });
    const data = { x: tensor([[1], [2], [3]]), y: tensor([[1], [2], [3]]) };
    await trainer.fit(data, { verbose: 0, epochs: 2, batchSize: 2, callbacks: [new ProgressBar({ output })] });
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^print Epoch 2\/2 - 2\/2 - .*\/step .* samples\/s - loss: \d/);
  });
});
