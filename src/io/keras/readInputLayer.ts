import type { Config } from '../../tensor/index.js';
import type { Context } from './context.js';

/** Options of an input layer under our names. @throws {ModelFormatError} for inputs that are no plain tensors. */
export function readInputLayer(context: Context, config: Config): Config {
  const { batchInputShape, batchShape = batchInputShape, sparse, ragged, ...rest } = config;
  if (sparse === true || ragged === true) {
    throw context.error(
      'an input of plain tensors',
      sparse === true ? 'a sparse one' : 'a ragged one',
      'Pad the data and build the model on plain tensors.',
    );
  }
  return { ...rest, batchShape };
}
