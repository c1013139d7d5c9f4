import { type Config, formatValue } from '../../tensor/index.js';
import type { Context } from './context.js';
import { asArray, asObject, asString, field, type JsonObject } from './json.js';

/** Class and options of a layer, in our words. */
export interface LayerDescription {
  readonly className: string;
  readonly config: Config;
}

/** Translates class and options of a layer. */
export type ReadDescription = (context: Context, className: string, record: JsonObject) => LayerDescription;

/** One layer in the list of a model, with what is still in the words of the file. */
export interface LayerRecord extends LayerDescription {
  readonly name: string;
  readonly record: JsonObject;
}

/** The layers of a model. @throws {ModelFormatError} */
export function readLayerRecords(
  context: Context,
  layers: unknown,
  readDescription: ReadDescription,
): readonly LayerRecord[] {
  return asArray(context.file, 'layers', layers).map((item) => {
    context.countLayer();
    const record = asObject(context.file, 'each layer', item);
    const className = asString(context.file, 'the class_name of each layer', field(record, 'class_name'));
    const { config, ...description } = readDescription(context, className, record);
    const { name = nameOf(record).name } = config;
    if (typeof name !== 'string')
      throw context.error('layers with names', `a ${className} called ${formatValue(name)}`);
    return { ...description, config: { ...config, name }, name, record };
  });
}

/** The name in an object of a file, if it has one. */
export function nameOf(object: JsonObject): { readonly name?: string } {
  const name = field(object, 'name');
  return typeof name === 'string' && name !== '' ? { name } : {};
}
