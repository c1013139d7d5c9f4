import { createHash } from 'node:crypto';
import { input, layers, type Model, model } from 'mapache/layers';
import { optimizers, schedules } from 'mapache/optim';
import { setRandomSeed, tensor, type Variable } from 'mapache/tensor';
import { type Callback, EarlyStopping, type FitOptions, type History } from 'mapache/training';
import { randomTensor } from './tensors.js';
import 'mapache/io';

export const samples = 22;

/** What a training is made of that has state in every corner: random layers, statistics, slots, averages, metrics. */
export interface ResumableOptions {
  /** The program's seed, from which weights and random layers start. */
  readonly programSeed: number;
  readonly units?: number;
  readonly data?: number;
  readonly fit?: FitOptions;
}

export function resumableModel({ programSeed, units = 5 }: ResumableOptions): Model {
  setRandomSeed(programSeed);
  const x = input({ shape: [4, 4, 1] });
  let y = layers.flatten().apply(layers.randomFlip().apply(x));
  y = layers.dense({ units, activation: 'relu' }).apply(y);
  y = layers.dropout({ rate: 0.3 }).apply(layers.batchNormalization().apply(y));
  y = layers.gaussianNoise({ stddev: 0.1 }).apply(y);
  const made = model({ inputs: x, outputs: layers.dense({ units: 3, activation: 'softmax' }).apply(y) });
  made.compile({
    optimizer: optimizers.adam({
      learningRate: schedules.oneCycle({ maxLearningRate: 0.05, totalSteps: 30 }),
      useEma: true,
      emaMomentum: 0.9,
    }),
    loss: 'categoricalCrossentropy',
    metrics: ['accuracy', 'AUC', 'f1_score'],
  });
  return made;
}

export function resumableData(seed = 1) {
  const labels = Array.from({ length: samples }, (_, i) => [0, 1, 2].map((k) => Number(k === (i * 7) % 3)));
  return { x: randomTensor([samples, 4, 4, 1], seed), y: tensor(labels) };
}

/** Trains, and returns what came of it: all numbers as one hash, and the history. */
export async function trainResumable(
  options: ResumableOptions,
  callbacks: readonly Callback[],
): Promise<{ readonly hash: string; readonly history: History; readonly network: Model }> {
  const network = resumableModel(options);
  const data = resumableData(options.data);
  const history = await network.fit(data, {
    epochs: 4,
    batchSize: 4,
    validationData: { x: data.x, y: data.y },
    verbose: 0,
    ...options.fit,
    callbacks: [new EarlyStopping({ patience: 2, restoreBestWeights: true }), ...callbacks],
  });
  // Counters of draws are among the variables; averages and slots among those of the optimizer.
  return { hash: await hashOf([...network.variables, ...network.optimizer.variables]), history, network };
}

export async function hashOf(variables: readonly Variable[]): Promise<string> {
  const hash = createHash('sha256');
  for (const { value } of variables) {
    const { buffer, byteOffset, byteLength } = await value.data();
    hash.update(new Uint8Array(buffer, byteOffset, byteLength));
  }
  return hash.digest('hex');
}
