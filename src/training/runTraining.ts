import { drawSeed } from '../tensor/index.js';
import type { CallbackParams, TrainingControl } from './callbacks/callback.js';
import { CallbackList } from './callbacks/callbackList.js';
import { History } from './callbacks/history.js';
import type { Logs } from './callbacks/logs.js';
import { ProgressBar } from './callbacks/progressBar.js';
import type { Compilation } from './compilation.js';
import { BatchStream } from './data/batchStream.js';
import type { Dataset } from './data/dataset.js';
import type { FeatureCache } from './features/featureCache.js';
import type { CheckedFitOptions } from './fitOptions.js';
import { resumeTraining } from './resume/resumeTraining.js';
import { TrainingLoop } from './trainingLoop.js';

/** What a training consists of. Everything has been checked. */
export interface FitRequest {
  readonly compilation: Compilation;
  readonly training: Dataset;
  readonly validation: Dataset | null;
  /** The data as they were given, which may not be what batches are made of. */
  readonly given: { readonly training: Dataset; readonly validation: Dataset | null };
  /** What keeps features of the data. */
  readonly features: FeatureCache;
  readonly options: CheckedFitOptions;
}

/**
 * Goes through the data epoch by epoch: a step for each batch, then validation. Goes on with an earlier training if a
 * callback knows of one.
 * @throws {NonFiniteLossError} as soon as a loss is not finite; that step has changed nothing.
 * @throws {EmptyDataError} if an epoch turns out to have no batch.
 * @throws {ResumeMismatchError} if the earlier training was another one.
 */
export async function runTraining(request: FitRequest): Promise<History> {
  const { compilation, training, features, options } = request;
  const history = new History();
  const control = controlOf(compilation);
  const callbacks = new CallbackList(
    [...options.callbacks, ...(options.verbose === 0 ? [] : [new ProgressBar({ verbose: options.verbose })]), history],
    paramsOf(training, options),
    control,
  );
  features.watcher = (progress) => callbacks.onFeatureProgress(progress);
  const { batchSize, shuffle, stepsPerEpoch } = options;
  const stream = new BatchStream('fit', training, { batchSize, shuffle, seed: drawSeed(options.seed), stepsPerEpoch });
  const loop = new TrainingLoop({ ...request, callbacks, control, stream });
  let last: Logs = {};
  try {
    if (!(await resumeTraining(loop))) await callbacks.onTrainBegin();
    const isComplete = await loop.run();
    await loop.reachSafePoint(isComplete ? 'completion' : 'interruption');
    last = loop.last;
  } finally {
    await stream.close();
  }
  compilation.optimizer.finalize(compilation.model.trainableWeights);
  await callbacks.onTrainEnd(last);
  return history;
}

function controlOf(compilation: Compilation): TrainingControl {
  const { model, optimizer } = compilation;
  return { model, optimizer, stopTraining: false, directionOf: (log) => compilation.directionOf(log) };
}

function paramsOf({ size }: Dataset, { epochs, stepsPerEpoch, batchSize }: CheckedFitOptions): CallbackParams {
  if (stepsPerEpoch !== null) return { epochs, batchSize, steps: stepsPerEpoch, samples: stepsPerEpoch * batchSize };
  return { epochs, batchSize, steps: size === null ? null : Math.ceil(size / batchSize), samples: size };
}
