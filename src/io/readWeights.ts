import type { LoadWeightsOptions, Model, ModelSource, WeightReport } from '../layers/index.js';
import { openFiles } from './files/openFiles.js';
import { openSavedFile } from './formats/openSavedFile.js';
import { assignWeights } from './weights/assignWeights.js';
import { planWeights } from './weights/planWeights.js';

/** What `loadWeights` does. */
export async function readWeights(
  model: Model,
  source: ModelSource,
  options: LoadWeightsOptions,
): Promise<WeightReport> {
  const files = await openFiles(source, options.fetch ?? fetch);
  const saved = await openSavedFile(files, options);
  const { binding, report } = planWeights(saved.name, model, saved.weights, options);
  assignWeights(binding, await saved.read(new Set(binding.values()), options));
  return report;
}
