import { formatValue } from '../../tensor/index.js';
import { camelCase, mapObject } from './case.js';
import type { Context } from './context.js';
import { fromKeras2Activation } from './hardSigmoid.js';
import { field, isObject, type JsonObject } from './json.js';
import type { LayerDescription } from './layerRecord.js';
import { readContainer } from './readContainer.js';
import { readDType } from './readDType.js';
import { readInputLayer } from './readInputLayer.js';
import { resolveClass } from './resolveClass.js';

/**
 * A class and its options in our words: models with everything inside them, layers, initialisers, ….
 * @throws {ModelFormatError} if it cannot be understood.
 */
export function readDescription(context: Context, className: string, record: JsonObject): LayerDescription {
  const known = resolveClass(context, className, record);
  const config = field(record, 'config') ?? {};
  const container = readContainer(context, known, config, readDescription, readValue);
  if (container !== null) return container;
  if (!isObject(config)) throw context.error(`the options of '${className}' to be an object`, formatValue(config));
  const options = readConfig(context, config);
  return { className: known, config: known === 'InputLayer' ? readInputLayer(context, options) : options };
}

function readConfig(context: Context, config: JsonObject): Record<string, unknown> {
  return mapObject(context.file, config, camelCase, (value, key) => readOption(context, key, value));
}

function readOption(context: Context, key: string, value: unknown): unknown {
  if (key === 'dtype') return readDType(context, value);
  return readValue(context, context.isKeras2 ? fromKeras2Activation(key, value) : value);
}

/** The value of an option; things that have a class become `{ className, config }`. */
function readValue(context: Context, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => readValue(context, item));
  if (!isObject(value)) return value;
  const className = field(value, 'class_name');
  if (typeof className !== 'string') return readConfig(context, value);
  const config = field(value, 'config');
  switch (className) {
    case '__tuple__':
    case 'TensorShape':
      return readValue(context, field(value, 'items'));
    case '__numpy__':
    case '__tensor__':
      return isObject(config) ? readValue(context, field(config, 'value')) : null;
    case 'function':
    case 'class':
      // The name alone: what a function of that name does is our own code's business.
      return typeof config === 'string' ? config : field(value, 'registered_name');
    case '__lambda__':
      throw context.error('options without code', 'a lambda', 'Code from a file is never run. Use a named function.');
    default:
      return readDescription(context, className, value);
  }
}
