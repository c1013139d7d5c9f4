import { layerFromConfig, Model, type SymbolicShape, UnknownLayerError } from '../../layers/index.js';
import { ArgumentError, MapacheError } from '../../tensor/index.js';
import { ModelFormatError } from '../modelFormatError.js';
import { Context } from './context.js';
import { asString, field } from './json.js';
import { readDescription } from './readValue.js';
import { restoreTrainable } from './restoreTrainable.js';
import type { Topology } from './topology.js';
import { withInputShape } from './withInputShape.js';

/**
 * The model a file describes, with initial weights.
 * @param inputShape shape of one sample, in place of the one in the file.
 * @throws {ModelFormatError} if the description cannot be understood.
 * @throws {UnknownLayerError} if it holds a layer of an unknown class.
 */
export function buildModel(file: string, { model, kerasVersion }: Topology, inputShape?: SymbolicShape): Model {
  const context = new Context(file, kerasVersion);
  const className = asString(file, 'class_name', field(model, 'class_name'));
  const described = readDescription(context, className, model);
  const description = inputShape === undefined ? described : withInputShape(described, inputShape);
  const layer = attempt(context, () => layerFromConfig(description.className, description.config));
  if (!(layer instanceof Model)) throw context.error('a model', `a layer of class '${className}'`);
  restoreTrainable(layer, description.config);
  return layer;
}

/** Whatever a layer complains about, the file is to blame: it gave the options. */
function attempt<R>(context: Context, body: () => R): R {
  try {
    return body();
  } catch (error) {
    if (error instanceof UnknownLayerError || error instanceof ModelFormatError) throw error;
    const known = error instanceof MapacheError;
    throw new ModelFormatError(
      context.file,
      {
        expected: known ? `${error.expected} (${error.operation})` : 'options that its layers understand',
        received: known ? error.received : String(error),
        remedy: error instanceof ArgumentError ? error.remedy : 'The file is damaged; save the model again.',
      },
      { cause: error },
    );
  }
}
