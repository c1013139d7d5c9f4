import { Functional, findLayerClass, type Layer, layerFromConfig, Sequential } from '../../../layers/index.js';
import type { Config } from '../../../tensor/index.js';
import { mapObject, snakeCase } from '../case.js';
import { isObject } from '../json.js';
import { acceptedOptions, layerReference, optionReference } from './modules.js';
import { writeFunctional, writeSequential } from './writeContainer.js';

/** A layer as Keras 3 describes it, models with everything inside them. */
export function writeLayer(layer: Layer): Config {
  if (layer instanceof Functional) return writeFunctional(layer, writeLayer);
  if (layer instanceof Sequential) return writeSequential(layer, writeLayer);
  const { className } = layer;
  const { name: _, ...rest } = acceptedOptions(className, layer.getConfig());
  const config = writeConfig(className === 'InputLayer' ? rest : { name: layer.name, ...rest });
  const extra = className === 'InputLayer' ? { name: layer.name, sparse: false, ragged: false } : {};
  const shape = layer.inboundNodes[0]?.inputs[0]?.shape;
  const oneInput = layer.inboundNodes[0]?.inputs.length === 1;
  return {
    ...layerReference(className),
    config: { ...config, ...extra },
    ...(shape !== undefined && oneInput && layer.weights.length > 0 && { build_config: { input_shape: shape } }),
  };
}

/** Options in Keras 3's words. */
function writeConfig(config: Config): Record<string, unknown> {
  return mapObject('the model', config, snakeCase, (value, key) => writeValue(key, value));
}

function writeValue(key: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => writeValue(key, item));
  if (!isObject(value)) return value;
  const { className, config } = value;
  if (typeof className !== 'string' || !isObject(config)) return writeConfig(value);
  const container = findLayerClass(className);
  // A model inside a layer, as in TimeDistributed(model), is described by its layers, which know their shapes.
  if (container === Functional || container === Sequential) return writeLayer(layerFromConfig(className, config));
  return { ...optionReference(key, className), config: writeConfig(acceptedOptions(className, config)) };
}
