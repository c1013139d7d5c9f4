import type { Layer, Model } from '../layers/index.js';
import { getOptimizer, type OptimizerLike } from '../optim/index.js';
import { checkChoiceOption, formatValue, MapacheError } from '../tensor/index.js';
import { type FitOptions, type History, NotCompiledError, type TrainingData } from '../training/index.js';
import { leavesOf } from './leaves.js';

/** Options of `fineTune`: those of `fit`, and how to go about it. */
export interface FineTuneOptions extends FitOptions {
  /** Rate for all that trains; keep it low, or what the base has learnt is lost. @defaultValue `1e-5` */
  readonly learningRate?: number;
  /**
   * What kind of optimizer to train with. A fresh one like it is made, whose rate or schedule gives way to `learningRate`.
   * @defaultValue like the optimizer the model was compiled with
   */
  readonly optimizer?: OptimizerLike;
  /**
   * `'inference'`: batch normalisations keep the statistics of the data the base was trained on, while their gamma and
   * beta may train. `'training'`: they adapt to the new data, which takes large batches. @defaultValue `'inference'`
   */
  readonly batchNormalization?: 'inference' | 'training';
  /** Accept a learning rate that is known to wreck pretrained weights. @defaultValue `false` */
  readonly allowHighLearningRate?: boolean;
}

/** A learning rate at which a few batches undo what the base has learnt. */
export class LearningRateError extends MapacheError {}

/** Highest rates that leave pretrained weights intact, by optimizer; those that adapt their step take one of about the rate. */
const highestRates: Readonly<Record<string, number>> = { SGD: 1e-2 };
const highestAdaptiveRate = 1e-4;

/**
 * Trains a model further, with a low rate, after its head has been trained and (a part of) its base unfrozen: the last
 * step of Keras's guide to transfer learning. The optimizer starts afresh; losses and metrics stay as compiled.
 * Afterwards the model is compiled with the new optimizer, unless this fails before the first batch.
 *
 * ```ts
 * unfreeze(base, { from: 'block_13_expand' });
 * await fineTune(model, data, { epochs: 5, learningRate: 1e-5 });
 * ```
 * @throws {LearningRateError} for a rate that is no positive number, or one that would wreck the base.
 * @throws {NotCompiledError} if the model was not compiled. Also whatever `fit` throws.
 */
export async function fineTune(model: Model, data: TrainingData, options: FineTuneOptions = {}): Promise<History> {
  const { compilation } = model.trainer;
  if (compilation === null) throw new NotCompiledError('fineTune', model.name);
  const {
    learningRate = 1e-5,
    optimizer = compilation.optimizer,
    batchNormalization = 'inference',
    allowHighLearningRate = false,
    ...fitOptions
  } = options;
  const mode = checkChoiceOption('fineTune', 'batchNormalization', batchNormalization, ['inference', 'training']);
  const like = getOptimizer(optimizer);
  const { className } = like;
  checkRate(model, className, learningRate, allowHighLearningRate);
  const fresh = getOptimizer({ className, config: { ...like.getConfig(), learningRate } });
  model.compile({ ...compilation.options, optimizer: fresh });

  const held = mode === 'inference' ? normalizationsOf(model) : [];
  for (const layer of held) layer.inferenceMode = true;
  try {
    return await model.fit(data, fitOptions);
  } catch (error) {
    const trained = fresh.iterations.version > 0;
    if (!trained) model.compile({ ...compilation.options, optimizer: compilation.optimizer });
    throw error;
  } finally {
    for (const layer of held) layer.inferenceMode = false;
  }
}

function normalizationsOf(model: Model): readonly Layer[] {
  return leavesOf(model).flatMap(({ layer }) => (layer.inferenceWhenFrozen && !layer.inferenceMode ? [layer] : []));
}

function checkRate(model: Model, className: string, rate: number, allowHigh: boolean): void {
  const limit = highestRates[className] ?? highestAdaptiveRate;
  if (Number.isFinite(rate) && rate > 0 && (allowHigh || rate <= limit || onlyHeadTrains(model))) return;
  throw new LearningRateError({
    operation: 'fineTune',
    expected: `a learning rate in (0, ${limit}] for ${className}`,
    received: formatValue(rate),
    remedy: 'The guide uses 1e-5. A rate above the limit needs allowHighLearningRate: true.',
  });
}

/** With every layer but the last frozen there is nothing to wreck. */
function onlyHeadTrains(model: Model): boolean {
  return model.layers.slice(0, -1).every(({ trainableWeights }) => trainableWeights.length === 0);
}
