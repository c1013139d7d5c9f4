import { asObject, asString, field, isObject, type JsonObject, parseJson, unexpected } from './json.js';

/** What describes a model in a Keras file. */
export interface Topology {
  readonly model: JsonObject;
  /** What made the file: `2.15.0`, `3.9.2`, `tfjs-layers 4.22.0`; empty if it does not say. */
  readonly kerasVersion: string;
}

/**
 * Finds the description of the model, whatever is wrapped around it: a whole `model.json`, `{ model_config: … }` as
 * Python's tools write it, or `{ class_name, config }` itself.
 * @throws {ModelFormatError} if there is none.
 */
export function findTopology(file: string, json: unknown, kerasVersion = ''): Topology {
  const object = asObject(file, 'a model', json);
  const said = field(object, 'keras_version');
  const version = typeof said === 'string' ? said : kerasVersion;
  for (const key of ['modelTopology', 'model_config']) {
    const inside = field(object, key);
    if (inside === undefined || inside === null) continue;
    return findTopology(file, typeof inside === 'string' ? parseJson(file, inside) : inside, version);
  }
  if (!isObject(field(object, 'config')) && !Array.isArray(field(object, 'config'))) {
    throw unexpected(file, 'the description of a model', 'an object without class_name and config');
  }
  asString(file, 'class_name', field(object, 'class_name'));
  return { model: object, kerasVersion: version };
}
