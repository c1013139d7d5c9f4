import type { LoadWeightsOptions, Model, ModelSource, WeightReport } from '../layers/index.js';

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
  const { readWeights } = await import('./readWeights.js');
  return readWeights(model, source, options);
}
