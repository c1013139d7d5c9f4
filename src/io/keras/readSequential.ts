import type { SequentialNetworkConfig, SymbolicShape } from '../../layers/index.js';
import { type Config, formatValue } from '../../tensor/index.js';
import type { Context } from './context.js';
import { asArray, field, isObject } from './json.js';
import { type LayerDescription, nameOf, type ReadDescription, readLayerRecords } from './layerRecord.js';

/**
 * A sequential model in our words. An input layer of the file stays among the layers, and keeps its name and dtype;
 * where the file says the shape in another way, `inputShape` has it.
 * @param config options, or the bare list of layers that old files have.
 * @throws {ModelFormatError}
 */
export function readSequential(context: Context, config: unknown, readDescription: ReadDescription): Config {
  const options = Array.isArray(config) ? { layers: config } : config;
  if (!isObject(options)) throw context.error('the layers of a sequential model', formatValue(config));
  const records = readLayerRecords(context, field(options, 'layers'), readDescription);
  const layers = records.map(({ className, config: layerConfig }) => ({ className, config: layerConfig }));
  const model: Omit<SequentialNetworkConfig, 'name'> = {
    trainable: field(options, 'trainable') !== false,
    inputShape: inputShape(context, layers[0], field(options, 'build_input_shape')),
    layers,
  };
  return { ...nameOf(options), ...model };
}

/** `null` if an input layer or a model says it; otherwise what the first layer says, or what the model was built for. */
function inputShape(context: Context, first: LayerDescription | undefined, builtFor: unknown): SymbolicShape | null {
  if (first === undefined || ['InputLayer', 'Functional', 'Sequential'].includes(first.className)) return null;
  const shape = first.config.batchInputShape ?? first.config.batchShape ?? builtFor;
  if (shape === undefined || shape === null) return null;
  return asArray(context.file, 'the shape of the input', shape).map((size) => {
    if (size === null || typeof size === 'number') return size;
    throw context.error('the shape of the input to hold numbers or null', formatValue(size));
  });
}
