import { type ClassDescription, type Config, type Described, invalidOption, readDescription } from '../tensor/index.js';
import { Layer } from './layer.js';
import { remakeFromConfig } from './layerClasses.js';

/** A layer, or class and options of one as files have them. */
export type LayerLike = Layer | ClassDescription;

/**
 * The layer that is meant by an option.
 * @throws {ArgumentError} if it is none. @throws {UnknownLayerError} for a class that nobody registered.
 */
export function getLayer(operation: string, option: string, like: unknown): Layer {
  if (like instanceof Layer) return like;
  const description = typeof like === 'string' ? null : readDescription(like);
  if (description === null) throw invalidOption(operation, option, 'a layer', like, 'Give it a layer to wrap.');
  return remakeFromConfig(description.className, description.config);
}

/** Class and options of a layer inside another, for `getConfig`. */
export function describeLayer(layer: Layer): Described {
  return { className: layer.className, config: layer.getConfig() };
}

/** A layer like `layer`, with weights of its own, some options being others. */
export function remakeLayer(layer: Layer, changes: Config): Layer {
  return remakeFromConfig(layer.className, { ...layer.getConfig(), ...changes });
}
