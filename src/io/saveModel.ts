import type { Model, SaveDestination, SaveOptions, SaveResult } from '../layers/index.js';
import { ArgumentError, formatValue } from '../tensor/index.js';
import { deliverFile, formatError } from './deliverFile.js';
import { checkBuilt } from './keras/checkBuilt.js';
import { adaptedIn } from './weights/adaptedLayers.js';
import { snapshot } from './weights/snapshot.js';

const defaultShardSize = 2 ** 22;

/**
 * Writes a model as one `.keras` file, which Keras 3 opens; or as `model.json` and files of weights, which the ports of
 * Keras 2 read. `loadModel` gives the same model again: weights bit for bit, frozen layers, layers in inference mode,
 * `metadata`, and every `training` given at an application; from a `.keras` file also compiled, and with the state of its
 * optimizer.
 *
 * Deltas of low rank are written as parts of the kernels they are added to, as Keras does: what is loaded is an ordinary
 * model that predicts the same, without them and without the state of an optimizer. The model that is saved keeps them.
 *
 * In a folder an older model is replaced at one instant, when everything else is on the disk: a save that fails before
 * leaves it as it was.
 * @param destination a folder (Node), `'memory'`, or an object that takes the files.
 * @throws {ArgumentError} if the model is not built, or a layer's weights cannot be told apart.
 */
export async function saveModel(
  model: Model,
  destination: SaveDestination,
  options: SaveOptions = {},
): Promise<SaveResult> {
  const { shardSize = defaultShardSize, includeOptimizer = true } = options;
  const isArchive = typeof destination === 'string' && /\.keras$/i.test(destination);
  const format = options.format ?? (isArchive ? 'keras' : 'layers-model');
  checkArguments(destination, shardSize, format);
  checkBuilt(model);
  if (format === 'keras') {
    const compiled = includeOptimizer ? model.compileConfig : null;
    // What an optimizer remembers of deltas means nothing without them.
    const optimizer = compiled === null || adaptedIn(model).length > 0 ? null : model.optimizer;
    const state = optimizer?.variablesFor(model.trainableWeights) ?? [];
    const draft = { model, compiled, optimizer, numbers: snapshot(model, state) };
    const { writeKerasFile } = await import('./formats/writing/kerasFile.js');
    return deliverFile('model.keras', await writeKerasFile(draft), destination);
  }
  const numbers = snapshot(model);
  const { writeLayersModel } = await import('./formats/writing/layersModel.js');
  return writeLayersModel(model, numbers, destination, { shardSize, quantization: options.quantization });
}

function checkArguments(destination: SaveDestination, shardSize: number, format: string): void {
  if (format !== 'keras' && format !== 'layers-model')
    throw formatError('save', "a format 'keras' or 'layers-model'", format, 'model.keras');
  const other = format === 'keras' ? /\.(json|h5|hdf5|safetensors)$/i : /\.(json|h5|hdf5|keras|safetensors)$/i;
  const isPath = typeof destination === 'string' && destination !== '' && !other.test(destination);
  const isHandler = typeof destination === 'object' && typeof destination?.save === 'function';
  if (!isPath && !isHandler)
    throw formatError('save', "a folder, a file that ends in '.keras'", destination, 'models/raccoons.keras');
  if (!Number.isSafeInteger(shardSize) || shardSize < 1) {
    throw new ArgumentError({
      operation: 'save',
      expected: 'shardSize to be a positive number of bytes',
      received: formatValue(shardSize),
      remedy: 'Leave it out for 4 MiB.',
    });
  }
}
