import type { Model, SymbolicShape } from '../../layers/index.js';
import { buildModel } from './buildModel.js';
import { parseJson } from './json.js';
import { findTopology } from './topology.js';

/** Options of `modelFromJson`. */
export interface ModelFromJsonOptions {
  /** Version of Keras that wrote the description, if it does not say so itself. @defaultValue unknown */
  readonly kerasVersion?: string;
  /** Shape of one sample, in place of the one described. */
  readonly inputShape?: SymbolicShape;
}

/**
 * The model that Keras's `model.to_json()`, `config.json` of a `.keras` file or `model.json` describes, with initial
 * weights.
 * @param json text, or what it says.
 * @throws {ModelFormatError} if it cannot be understood.
 * @throws {UnknownLayerError} if it holds a layer of an unknown class.
 */
export function modelFromJson(json: string | object, options: ModelFromJsonOptions = {}): Model {
  const file = 'model description';
  const topology = findTopology(file, parseJson(file, json), options.kerasVersion);
  return buildModel(file, topology, options.inputShape);
}
