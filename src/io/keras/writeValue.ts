import type { Config } from '../../tensor/index.js';
import { mapObject, snakeCase } from './case.js';
import { toKeras2Activation } from './hardSigmoid.js';
import { isObject } from './json.js';
import type { LayerDescription } from './layerRecord.js';
import { writeContainer } from './writeContainer.js';

/** Class and options of a layer in the words of Keras 2, models with everything inside them. */
export function writeDescription({ className, config }: LayerDescription): {
  readonly class_name: string;
  readonly config: unknown;
} {
  const container = writeContainer(className, config, writeDescription);
  return { class_name: className, config: container ?? writeLayerConfig(className, config) };
}

function writeLayerConfig(className: string, config: Config): Config {
  const written = writeConfig(config);
  // Keras 2 and its ports know the slope by this name only, and take their default without it.
  if (className !== 'LeakyReLU') return written;
  const { negative_slope: alpha, ...rest } = written;
  return { ...rest, alpha };
}

function writeConfig(config: Config): Config {
  return mapObject('model.json', config, snakeCase, (value, key) => writeValue(toKeras2Activation(key, value)));
}

function writeValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(writeValue);
  if (!isObject(value)) return value;
  const { className, config } = value;
  return typeof className === 'string' && isObject(config)
    ? writeDescription({ className, config })
    : writeConfig(value);
}
