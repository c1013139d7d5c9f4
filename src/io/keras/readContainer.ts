import { findLayerClass } from '../../layers/index.js';
import type { Context } from './context.js';
import { asObject } from './json.js';
import type { LayerDescription, ReadDescription } from './layerRecord.js';
import { readNetwork } from './readNetwork.js';
import type { ReadValue } from './readNodes.js';
import { readSequential } from './readSequential.js';

/**
 * A model in our words, or `null` for any other layer.
 * @param readDescription translates the layers inside.
 * @param readValue translates plain data.
 * @throws {ModelFormatError}
 */
export function readContainer(
  context: Context,
  className: string,
  config: unknown,
  readDescription: ReadDescription,
  readValue: ReadValue,
): LayerDescription | null {
  const known = findLayerClass(className)?.className;
  if (known === 'Sequential') return { className: known, config: readSequential(context, config, readDescription) };
  if (known !== 'Functional') return null;
  const options = asObject(context.file, 'the options of a model', config);
  return { className: known, config: readNetwork(context, options, readDescription, readValue) };
}
