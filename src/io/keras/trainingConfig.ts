import type { CompileConfig, CompileModelOptions } from '../../training/index.js';
import { camelCase, mapObject, snakeCase } from './case.js';
import { field, isObject, type JsonObject } from './json.js';

/** Names such as `beta_1`, whose number has an underscore of its own; `l1` and `axis1` have none. */
const numbered = /^(beta|epsilon)_?(\d)/;

/**
 * How a model was compiled, in the words of a file, as options of `compile`; `null` if the file does not say.
 * @param training `compile_config` of Keras 3, or `training_config` of older files
 * @throws {ModelFormatError} for keys that could reach a prototype.
 */
export function readTrainingConfig(file: string, training: unknown): CompileModelOptions | null {
  if (!isObject(training)) return null;
  const optimizer = field(training, 'optimizer_config') ?? field(training, 'optimizer');
  if (optimizer === undefined || optimizer === null) return null;
  const read = (key: string): unknown => readEntry(file, field(training, key));
  // Everything is checked by `compile`, which knows what there is.
  return {
    optimizer: readEntry(file, optimizer),
    loss: read('loss') ?? null,
    lossWeights: read('loss_weights') ?? null,
    metrics: read('metrics') ?? null,
    weightedMetrics: read('weighted_metrics') ?? null,
  } as CompileModelOptions;
}

function readEntry(file: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => readEntry(file, item));
  if (!isObject(value)) return value;
  const className = field(value, 'class_name');
  const config = field(value, 'config');
  if (typeof className !== 'string')
    return mapObject(
      file,
      value,
      (key) => key,
      (item) => readEntry(file, item),
    );
  return { className, config: isObject(config) ? readConfig(file, config) : config };
}

function readConfig(file: string, config: JsonObject): Record<string, unknown> {
  const rename = (key: string): string => camelCase(key.replace(numbered, '$1$2'));
  return mapObject(file, config, rename, (value) => readEntry(file, value));
}

/** The same in Keras 3's words; `null` if it holds functions of one's own, which no file can describe. */
export function writeTrainingConfig(config: CompileConfig): Record<string, unknown> | null {
  if (/"className":"function"/.test(JSON.stringify(config))) return null;
  return {
    optimizer: writeEntry('keras.optimizers', config.optimizer),
    loss: writeEntry('keras.losses', config.loss),
    loss_weights: config.lossWeights,
    metrics: writeEntry('keras.metrics', config.metrics),
    weighted_metrics: writeEntry('keras.metrics', config.weightedMetrics),
    run_eagerly: false,
    steps_per_execution: 1,
    jit_compile: false,
  };
}

function writeEntry(module: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => writeEntry(module, item));
  if (!isObject(value)) return value;
  const { className, config } = value;
  if (typeof className !== 'string' || !isObject(config)) {
    return mapObject(
      'the model',
      value,
      (key) => key,
      (item) => writeEntry(module, item),
    );
  }
  const rename = (key: string): string => snakeCase(key.replace(numbered, '$1_$2'));
  // The only things with a class inside are schedules of the learning rate.
  const written = mapObject('the model', config, rename, (item) => writeEntry('keras.optimizers.schedules', item));
  return { module, class_name: className, config: written, registered_name: null };
}
