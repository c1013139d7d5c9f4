import type { Model } from '../layers/index.js';
import { NotCompiledError, type TrainingData } from '../training/index.js';
import { FineTuneHistory, type PhaseHistory } from './fineTuneHistory.js';
import type { FineTuneOptions } from './fineTuneOptions.js';
import { flagsOf, restoreFlags, trainOnly } from './freeze.js';
import { leavesOf } from './leaves.js';
import { whileHeld } from './normalizations.js';
import { planPhases } from './planPhases.js';

/**
 * Trains a model further, with a low rate, after its head has been trained and (a part of) its base unfrozen: the last
 * step of Keras's guide to transfer learning. Or all of it, in phases that freeze and unfreeze by themselves.
 *
 * Every phase begins with a fresh optimizer; losses and metrics stay as compiled. Afterwards the model is compiled with the
 * last optimizer, unless this fails before the first batch.
 *
 * ```ts
 * unfreeze(base, { from: 'block_13_expand' });
 * await fineTune(model, data, { epochs: 5, learningRate: 1e-5 });
 *
 * await fineTune(model, data, { phases: gradualUnfreeze({ headEpochs: 3, epochs: 5 }) });
 * ```
 * @returns the logs of all epochs, and those of each phase.
 * @throws {LearningRateError} for a rate that is no positive number, or one that would wreck the base.
 * @throws {NotCompiledError} if the model was not compiled. Also whatever `fit` throws.
 */
export async function fineTune(
  model: Model,
  data: TrainingData,
  options: FineTuneOptions = {},
): Promise<FineTuneHistory> {
  const { compilation } = model.trainer;
  if (compilation === null) throw new NotCompiledError('fineTune', model.name);
  const planned = planPhases(model, compilation.optimizer, data, options);
  const flags = flagsOf(model);
  const phases: PhaseHistory[] = [];
  let trained = false;
  try {
    for (const phase of planned) {
      if (options.signal?.aborted && phases.length > 0) break;
      if (phase.train !== null) trainOnly(model, phase.train);
      model.compile({ ...compilation.options, optimizer: phase.optimizer });
      const start = Date.now();
      const trainable = leavesOf(model).flatMap(({ path, layer }) => (layer.trainableWeights.length > 0 ? [path] : []));
      const counts = `${model.trainableWeights.length} of ${model.weights.length} weights`;
      const history = await whileHeld(phase.held, () => model.fit(data, phase.fit));
      trained = true;
      const { name, learningRate } = phase;
      phases.push({ name, history, trainable, trained: counts, learningRate, seconds: (Date.now() - start) / 1000 });
    }
  } catch (error) {
    trained ||= planned.some(({ optimizer }) => optimizer.iterations.version > 0);
    if (!trained) {
      restoreFlags(flags);
      model.compile({ ...compilation.options, optimizer: compilation.optimizer });
    }
    throw error;
  }
  return new FineTuneHistory(phases);
}
