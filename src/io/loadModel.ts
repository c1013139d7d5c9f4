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

/**
 * Loads a model that Keras, a port of it or this library saved: `.keras`, `.h5`, or `model.json` with files of weights.
 * The content of a file decides, not its name.
 *
 * ```ts
 * const model = await loadModel('models/raccoons.keras');                // Node: a file, or a folder with a model.json
 * const model = await loadModel('https://example.org/m/model.json');     // anywhere
 * const model = await loadModel(fileInput.files);                        // files picked in a browser; also one File
 * ```
 * Files are believed as little as possible: everything is checked before it is allocated, and code is never run.
 * @throws {ModelFormatError} if a file is missing, damaged or of another format.
 * @throws {UnknownLayerError} if the model holds a layer of an unknown class.
 * @throws {WeightsMismatchError} if the weights do not belong to the model.
 * @throws {ArgumentError} for a source or an `inputShape` that makes no sense.
 */
export async function loadModel(source: ModelSource, options: LoadModelOptions = {}): Promise<Model> {
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
