import { drawSeed } from '../tensor/index.js';
import type { CallbackParams, TrainingControl } from './callbacks/callback.js';
import { CallbackList } from './callbacks/callbackList.js';
import { History } from './callbacks/history.js';
import type { Logs } from './callbacks/logs.js';
import { ProgressBar } from './callbacks/progressBar.js';
import type { Compilation } from './compilation.js';
import { BatchStream } from './data/batchStream.js';
import type { Dataset } from './data/dataset.js';
import { EmptyDataError } from './data/emptyDataError.js';
import { type BatchContext, prepareBatch } from './data/trainingBatch.js';
import { evaluateDataset } from './evaluate.js';
import type { CheckedFitOptions } from './fitOptions.js';
import { OtherWork } from './otherWork.js';
import { RunningMeans } from './runningMeans.js';
import { lossNames } from './trainingProgram.js';

/** What a training consists of. Everything has been checked. */
export interface FitRequest {
  readonly compilation: Compilation;
  readonly training: Dataset;
  readonly validation: Dataset | null;
  readonly options: CheckedFitOptions;
}

/**
 * Goes through the data epoch by epoch: a step for each batch, then validation.
 * @throws {NonFiniteLossError} as soon as a loss is not finite; that step has changed nothing.
 * @throws {EmptyDataError} if an epoch turns out to have no batch.
 */
export async function runTraining({ compilation, training, validation, options }: FitRequest): Promise<History> {
  const { batchSize, signal } = options;
  const history = new History();
  const control = controlOf(compilation);
  const callbacks = new CallbackList(
    [...options.callbacks, ...(options.verbose === 0 ? [] : [new ProgressBar({ verbose: options.verbose })]), history],
    paramsOf(training, options),
    control,
  );
  const { shuffle, stepsPerEpoch } = options;
  const stream = new BatchStream('fit', training, { batchSize, shuffle, seed: drawSeed(options.seed), stepsPerEpoch });
  const otherWork = new OtherWork();
  const context = { operation: 'fit', model: compilation.model, lossTerms: compilation.lossTerms };
  let last: Logs = {};
  await callbacks.onTrainBegin();
  try {
    for (let epoch = options.initialEpoch; epoch < options.epochs && !control.stopTraining; epoch++) {
      if (signal?.aborted) break;
      await callbacks.onEpochBegin(epoch);
      const trainingContext = { ...context, classWeight: options.classWeight };
      const logs = await trainEpoch(
        { epoch, stream, callbacks, compilation, control, signal, otherWork },
        trainingContext,
      );
      if (signal?.aborted) break;
      const validated = validation === null ? {} : await validate(compilation, context, validation, batchSize, signal);
      if (validated === null) break;
      last = { ...logs, ...validated };
      await callbacks.onEpochEnd(epoch, last);
    }
  } finally {
    await stream.close();
  }
  compilation.optimizer.finalize(compilation.model.trainableWeights);
  await callbacks.onTrainEnd(last);
  return history;
}

interface Epoch {
  readonly epoch: number;
  readonly stream: BatchStream;
  readonly callbacks: CallbackList;
  readonly compilation: Compilation;
  readonly control: TrainingControl;
  readonly signal: AbortSignal | undefined;
  /** One for the whole training: epochs may be shorter than its patience. */
  readonly otherWork: OtherWork;
}

/** One epoch of steps, up to its end or until somebody asks to stop. */
async function trainEpoch(
  { epoch, stream, callbacks, compilation, control, signal, otherWork }: Epoch,
  context: BatchContext,
): Promise<Logs> {
  const means = new RunningMeans(lossNames(compilation.lossTerms));
  compilation.program?.resetMetrics();
  let index = 0;
  for await (const raw of stream.epoch(epoch)) {
    const batch = await prepareBatch(context, raw);
    await callbacks.onTrainBatchBegin(index);
    const program = compilation.programFor(batch.y.map(({ shape }) => shape));
    means.add(await program.train(batch, { epoch, batch: index }), batch.size);
    const metrics = callbacks.wantsBatchLogs ? await program.metricLogs() : {};
    await callbacks.onTrainBatchEnd(index, { ...means.result(), ...metrics });
    index++;
    await otherWork.giveTurn();
    if (control.stopTraining || signal?.aborted) break;
  }
  if (index === 0) throw new EmptyDataError('fit');
  return { ...means.result(), ...(await compilation.program?.metricLogs()) };
}

/** Logs of the validation data, `val_` in front; `null` if the signal came in between. */
async function validate(
  compilation: Compilation,
  context: BatchContext,
  dataset: Dataset,
  batchSize: number,
  signal: AbortSignal | undefined,
): Promise<Logs | null> {
  try {
    const logs = await evaluateDataset(compilation, context, dataset, batchSize, signal);
    return Object.fromEntries(Object.entries(logs).map(([name, value]) => [`val_${name}`, value]));
  } catch (error) {
    if (signal?.aborted && error === signal.reason) return null;
    throw error;
  }
}

function controlOf(compilation: Compilation): TrainingControl {
  const { model, optimizer } = compilation;
  return { model, optimizer, stopTraining: false, directionOf: (log) => compilation.directionOf(log) };
}

function paramsOf({ size }: Dataset, { epochs, stepsPerEpoch, batchSize }: CheckedFitOptions): CallbackParams {
  if (stepsPerEpoch !== null) return { epochs, batchSize, steps: stepsPerEpoch, samples: stepsPerEpoch * batchSize };
  return { epochs, batchSize, steps: size === null ? null : Math.ceil(size / batchSize), samples: size };
}
