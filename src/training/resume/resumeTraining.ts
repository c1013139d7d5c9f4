import { isWithinEpoch, type TrainingLoop } from '../trainingLoop.js';
import { checkCallbacks, restoreSnapshot } from './restoreSnapshot.js';
import { checkIdentity, identityOf } from './trainingIdentity.js';

/**
 * Goes on with an earlier training, if a callback knows of one. Callbacks that remember nothing see a training begin, and
 * in the middle of an epoch also the epoch; then everything is given back what it had.
 * @returns whether there was one.
 * @throws {ResumeMismatchError} if it was another training; nothing has changed then.
 */
export async function resumeTraining(loop: TrainingLoop): Promise<boolean> {
  const { compilation, given, options, callbacks } = loop.parts;
  if (!callbacks.canResume) return false;
  loop.identity = await identityOf(compilation, given.training, given.validation, options);
  const resumed = await callbacks.onResume();
  if (resumed === null) return false;
  const { snapshot, source } = resumed;
  const { facts } = snapshot;
  checkIdentity(source, facts.identity, loop.identity);
  checkCallbacks(source, callbacks.stateful, snapshot);
  await callbacks.onTrainBegin(false);
  if (isWithinEpoch(facts.position)) await callbacks.onEpochBegin(facts.position.epoch, false);
  await restoreSnapshot(compilation, callbacks.stateful, snapshot);
  loop.restore(facts);
  return true;
}
