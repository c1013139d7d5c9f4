import { ArgumentError, type Config, formatValue, MapacheError } from '../tensor/index.js';
import type { Layer } from './layer.js';

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

const classes = new Map<string, LayerClass>();

/**
 * Makes a class of layers known to loaders, under its `className` and aliases. Register your own layers to load models
 * that contain them.
 * @throws {ArgumentError} if another class has the name already.
 */
export function registerLayer(layerClass: LayerClass): void {
  for (const name of [layerClass.className, ...(layerClass.aliases ?? [])]) {
    const known = classes.get(name);
    if (known !== undefined && known !== layerClass) {
      throw new ArgumentError({
        operation: 'registerLayer',
        expected: 'a class name that is not taken',
        received: formatValue(name),
        remedy: 'Give the class another className.',
      });
    }
    classes.set(name, layerClass);
  }
}

/** The class of that name, if one is registered. */
export function findLayerClass(name: string): LayerClass | undefined {
  return classes.get(name);
}

/** Every registered class once, by its own name. */
export function layerClasses(): ReadonlyMap<string, LayerClass> {
  return new Map([...classes].filter(([name, { className }]) => name === className));
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

/** A new layer of a registered class. @throws {UnknownLayerError} */
export function layerFromConfig(className: string, config: Config): Layer {
  const layerClass = findLayerClass(className);
  if (layerClass === undefined) throw new UnknownLayerError(className, String(config.name ?? ''));
  return layerClass.fromConfig(config);
}
