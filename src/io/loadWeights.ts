import type { LoadWeightsOptions, Model, ModelSource, WeightReport } from '../layers/index.js';
import { openFiles } from './files/openFiles.js';
import { openSavedFile } from './formats/openSavedFile.js';
import { assignWeights } from './weights/assignWeights.js';
import { planWeights } from './weights/planWeights.js';

/**
 * Gives a model the weights of a saved one, from any of the formats that `loadModel` reads.
 * @returns which weights went together, and which did not.
 * @throws {WeightsMismatchError} if the options do not allow a difference. Nothing is assigned then.
 * @throws {ModelFormatError} if a file is missing, damaged or of another format. Nothing is assigned then.
 */
export async function loadWeights(
  model: Model,
  source: ModelSource,
  options: LoadWeightsOptions = {},
): Promise<WeightReport> {
  const files = await openFiles(source, options.fetch ?? fetch);
  const saved = await openSavedFile(files, options);
  const { binding, report } = planWeights(saved.name, model, saved.weights, options);
  assignWeights(binding, await saved.read(new Set(binding.values()), options));
  return report;
}
