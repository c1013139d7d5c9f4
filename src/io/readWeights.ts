import type { LoadWeightsOptions, Model, ModelSource, WeightReport } from '../layers/index.js';
import { ArgumentError } from '../tensor/index.js';
import { openFiles } from './files/openFiles.js';
import { openSavedFile } from './formats/openSavedFile.js';
import { adaptedIn } from './weights/adaptedLayers.js';
import { assignWeights } from './weights/assignWeights.js';
import { planWeights } from './weights/planWeights.js';

/**
 * What `loadWeights` does.
 * @throws {ArgumentError} if layers have deltas of low rank, which would be added to what is read.
 */
export async function readWeights(
  model: Model,
  source: ModelSource,
  options: LoadWeightsOptions,
): Promise<WeightReport> {
  const [adapted] = adaptedIn(model);
  if (adapted !== undefined) {
    throw new ArgumentError({
      operation: `loadWeights of '${model.name}'`,
      expected: 'a model without deltas of low rank',
      received: `one in '${adapted.name}'`,
      remedy: 'Load weights first and add deltas then, or end them with mergeLora.',
    });
  }
  const files = await openFiles(source, options.fetch ?? fetch);
  const saved = await openSavedFile(files, options);
  const { binding, report } = planWeights(saved.name, model, saved.weights, options);
  assignWeights(binding, await saved.read(new Set(binding.values()), options));
  return report;
}
