import type { Model, ModelSource } from '../layers/index.js';
import type { LoadModelOptions } from './readModel.js';

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
  const { readModel } = await import('./readModel.js');
  return readModel(source, options);
}
