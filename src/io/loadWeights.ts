import type { LoadWeightsOptions, Model, ModelSource, WeightReport } from '../layers/index.js';
import { openFiles } from './files/openFiles.js';
import { readModelFile } from './keras/modelFile.js';
import { readWeights } from './keras/readWeights.js';
import { assignWeights } from './weights/assignWeights.js';
import { planWeights } from './weights/planWeights.js';

/**
 * Gives a model the weights of a saved one, by their names.
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
  const { groups } = await readModelFile(files, options);
  const weights = groups.flatMap((group) => group.weights);
  const { binding, report } = planWeights(files.name, model, weights, options);
  const wanted = new Set(binding.values());
  assignWeights(binding, await readWeights(files, groups, (entry) => wanted.has(entry), options));
  return report;
}
