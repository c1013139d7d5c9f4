import type { Model } from '../../layers/index.js';
import { cast, MapacheError, sameShape } from '../../tensor/index.js';
import { readTrainingConfig } from '../keras/trainingConfig.js';
import type { SavedFile, WeightReading } from './savedFile.js';

/**
 * Compiles a model as it was when it was saved, and gives its optimizer what it remembered.
 *
 * What cannot be understood is left out, because a model may be used without it: then the model is not compiled, or its
 * optimizer starts afresh.
 */
export async function restoreTraining(model: Model, saved: SavedFile, reading: WeightReading): Promise<void> {
  const options = readTrainingConfig(saved.name, saved.training);
  if (options === null) return;
  try {
    model.compile(options);
  } catch (error) {
    if (error instanceof MapacheError) return;
    throw error;
  }
  if (saved.optimizer === null) return;
  const { weights } = saved.optimizer;
  const variables = model.optimizer.variablesFor(model.trainableWeights);
  const fits =
    variables.length === weights.length &&
    variables.every(({ shape }, i) => sameShape(shape, weights[i]?.shape ?? [-1]));
  if (!fits) return;
  const tensors = await saved.read(new Set(weights), reading);
  for (const [i, variable] of variables.entries()) {
    const value = tensors.get(weights[i] as (typeof weights)[number]);
    if (value !== undefined) variable.assign(value.dtype === variable.dtype ? value : cast(value, variable.dtype));
  }
}
