import { ArgumentError, type Config, formatValue, MapacheError } from '../tensor/index.js';
import type { Layer } from './layer.js';
import { usedClass } from './usedClasses.js';

/** A class of layers, as the registry needs it. */
export interface LayerClass {
  /** Keras's name, as files have it. */
  readonly className: string;
  /** Other names files may use. */
  readonly aliases?: readonly string[];
  /** Names of the arguments that take tensors, by position. */
  readonly callArguments?: readonly string[];
  /** Those of them that take a list of tensors, even of one. */
  readonly listArguments?: readonly string[];
  /** What Keras takes for `training` where nobody says. @defaultValue what it does around the layer */
  readonly trainingByDefault?: boolean;
  /** Makes a layer from what `getConfig` gave. */
  fromConfig(config: Config): Layer;
}

/** Under their names and aliases: those that were registered. */
export const registeredClasses = new Map<string, LayerClass>();

/** Adds a class to those that are registered. @throws {ArgumentError} if another class has the name already. */
export function addLayerClass(layerClass: LayerClass): void {
  for (const name of [layerClass.className, ...(layerClass.aliases ?? [])]) {
    const known = registeredClasses.get(name);
    if (known !== undefined && known !== layerClass) {
      throw new ArgumentError({
        operation: 'registerLayer',
        expected: 'a class name that is not taken',
        received: formatValue(name),
        remedy: 'Give the class another className.',
      });
    }
    registeredClasses.set(name, layerClass);
  }
}

/** A model holds a layer whose class nobody registered. */
export class UnknownLayerError extends MapacheError {
  constructor(
    readonly layerClass: string,
    readonly layerName: string,
  ) {
    super({
      operation: `layer '${layerName}'`,
      expected: 'a registered class',
      received: `'${layerClass}'`,
      remedy: 'Write the layer as a subclass of Layer and call registerLayer(TheClass) before loading.',
    });
  }
}

/**
 * A new layer of a class that is registered, or that a layer already has. It does not see to it that the library's own
 * classes are registered, and so a page that makes its layers itself need not load all of them.
 * @throws {UnknownLayerError}
 */
export function remakeFromConfig(className: string, config: Config): Layer {
  const layerClass = registeredClasses.get(className) ?? (usedClass(className) as LayerClass | undefined);
  if (layerClass === undefined) throw new UnknownLayerError(className, String(config.name ?? ''));
  return layerClass.fromConfig(config);
}
