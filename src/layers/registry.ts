import type { Config } from '../tensor/index.js';
import { builtInLayers } from './builtInLayers.js';
import type { Layer } from './layer.js';
import { addLayerClass, type LayerClass, registeredClasses, remakeFromConfig } from './layerClasses.js';
import { operations } from './operations/index.js';

let complete = false;

/** What is registered, with the library's own classes: they are when somebody first asks, not when they are loaded. */
function allClasses(): ReadonlyMap<string, LayerClass> {
  if (!complete) for (const layerClass of [...builtInLayers, ...operations]) addLayerClass(layerClass);
  complete = true;
  return registeredClasses;
}

/**
 * Makes a class of layers known to loaders, under its `className` and aliases. Register your own layers to load models
 * that contain them.
 * @throws {ArgumentError} if another class has the name already.
 */
export function registerLayer(layerClass: LayerClass): void {
  allClasses();
  addLayerClass(layerClass);
}

/** The class of that name, if one is registered. */
export function findLayerClass(name: string): LayerClass | undefined {
  return allClasses().get(name);
}

/** Every registered class once, by its own name. */
export function layerClasses(): ReadonlyMap<string, LayerClass> {
  return new Map([...allClasses()].filter(([name, { className }]) => name === className));
}

/** A new layer of a registered class. @throws {UnknownLayerError} */
export function layerFromConfig(className: string, config: Config): Layer {
  allClasses();
  return remakeFromConfig(className, config);
}
