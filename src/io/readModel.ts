import type { Model, ModelSource, ReadOptions, SymbolicShape } from '../layers/index.js';
import { openFiles } from './files/openFiles.js';
import { openSavedFile } from './formats/openSavedFile.js';
import { restoreInferenceMode } from './formats/restoreOwnFacts.js';
import { restoreTraining } from './formats/restoreTraining.js';
import { buildModel } from './keras/buildModel.js';
import { assignWeights } from './weights/assignWeights.js';
import { planWeights } from './weights/planWeights.js';

/** Options of `loadModel`. */
export interface LoadModelOptions extends ReadOptions {
  /**
   * Shape of one sample, in place of the one in the file: `[128, 128, 3]` runs a network made for 224 pixels at 128.
   * Nested models made for the same shape follow. Sizes that are `null` may vary.
   * @defaultValue what the file says
   */
  readonly inputShape?: SymbolicShape | undefined;
  /** Refuse a file whose weights do not fit exactly; `false` takes those that do. @defaultValue `true` */
  readonly strict?: boolean | undefined;
  /**
   * Compile the model as it was when it was saved, with the state of its optimizer. A file that does not say how, or says it
   * in words that are not known, gives a model that is not compiled. @defaultValue `true`
   */
  readonly compile?: boolean | undefined;
}

/** What `loadModel` does. */
export async function readModel(source: ModelSource, options: LoadModelOptions): Promise<Model> {
  const { inputShape, strict = true, compile = true } = options;
  const files = await openFiles(source, options.fetch ?? fetch);
  const saved = await openSavedFile(files, options);
  const model = buildModel(saved.name, saved.topology(), inputShape);
  const { binding } = planWeights(saved.name, model, saved.weights, { strict, skipMismatch: !strict });
  assignWeights(binding, await saved.read(new Set(binding.values()), options));
  model.metadata = saved.metadata;
  restoreInferenceMode(model, saved.inferenceMode);
  if (compile) await restoreTraining(model, saved, options);
  return model;
}
