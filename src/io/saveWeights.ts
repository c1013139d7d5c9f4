import type { Model, SaveDestination, SaveResult, SaveWeightsOptions } from '../layers/index.js';
import { deliverFile, formatError } from './deliverFile.js';
import { checkBuilt } from './keras/checkBuilt.js';
import { snapshot } from './weights/snapshot.js';

/**
 * Writes the weights of a model alone, with deltas of low rank as parts of their kernels.
 * @throws {ArgumentError} if they are not built, or for an ending that means no format.
 */
export async function saveWeights(
  model: Model,
  destination: SaveDestination,
  options: SaveWeightsOptions = {},
): Promise<SaveResult> {
  const name = typeof destination === 'string' && destination !== 'memory' ? destination : null;
  const format = options.format ?? formatOf(name);
  if (format === null || name === '') {
    throw formatError(
      'saveWeights',
      "a file that ends in '.weights.h5' or '.safetensors'",
      destination,
      'model.weights.h5',
    );
  }
  checkBuilt(model);
  const numbers = snapshot(model);
  if (format === 'safetensors') {
    const { writeSafetensors } = await import('./formats/writing/safetensorsFile.js');
    return deliverFile('model.safetensors', await writeSafetensors(model, numbers), destination);
  }
  const [{ writeHdf5 }, { weightTree }] = await Promise.all([
    import('./hdf5/writeHdf5.js'),
    import('./formats/writing/weightTree.js'),
  ]);
  return deliverFile('model.weights.h5', await writeHdf5(await weightTree(model, null, numbers)), destination);
}

function formatOf(name: string | null): 'weights.h5' | 'safetensors' | null {
  if (name === null || /\.weights\.h5$/i.test(name)) return 'weights.h5';
  return /\.safetensors$/i.test(name) ? 'safetensors' : null;
}
