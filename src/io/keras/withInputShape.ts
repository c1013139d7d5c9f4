import type { SymbolicShape } from '../../layers/index.js';
import { ArgumentError, type Config, formatShape, formatValue, sameShape } from '../../tensor/index.js';
import { isObject } from './json.js';
import type { LayerDescription } from './layerRecord.js';

/**
 * The same model for inputs of another size: `[128, 128, 3]` for one that was made for `[224, 224, 3]`. Nested models
 * that were made for the old size are given the new one too.
 * @param shape one sample; `null` for a size that may vary.
 * @throws {ArgumentError} unless the model has one input of that many dimensions.
 */
export function withInputShape({ className, config }: LayerDescription, shape: SymbolicShape): LayerDescription {
  const inputs = inputShapes(className, config);
  const [old] = inputs;
  const sizes = [...shape];
  if (old === undefined || inputs.length > 1 || old.length !== sizes.length + 1 || !sizes.every(isSize)) {
    throw new ArgumentError({
      operation: 'loadModel',
      expected: `inputShape for ${old === undefined || inputs.length > 1 ? 'a model with one input' : `an input of shape ${formatShape(old.slice(1))}`}`,
      received: `${formatValue(shape)}${inputs.length > 1 ? `, and ${inputs.length} inputs` : ''}`,
      remedy: 'Give the shape of one sample, as in [128, 128, 3].',
    });
  }
  const replaced = replaceShapes(config, old.slice(1), sizes) as Config;
  return { className, config: replaced };
}

function isSize(size: unknown): boolean {
  return size === null || (Number.isInteger(size) && (size as number) > 0);
}

/** Shapes, with the batch, of the inputs of a described model. */
function inputShapes(className: string, config: Config): readonly SymbolicShape[] {
  if (className === 'InputLayer') return isShape(config.batchShape) ? [config.batchShape] : [];
  if (isShape(config.inputShape)) return [config.inputShape];
  const layers = descriptionsIn(config.layers);
  if (className === 'Sequential')
    return layers.slice(0, 1).flatMap((layer) => inputShapes(layer.className, layer.config));
  const inputs = config.inputs;
  if (!Array.isArray(inputs)) return [];
  return (inputs as readonly (readonly unknown[])[]).flatMap(([name]) =>
    layers.filter((layer) => layer.config.name === name).flatMap((layer) => inputShapes(layer.className, layer.config)),
  );
}

function descriptionsIn(layers: unknown): readonly LayerDescription[] {
  return Array.isArray(layers) ? (layers as readonly LayerDescription[]) : [];
}

/** A copy in which every input shape of samples `old` is one of samples `next`. */
function replaceShapes(value: unknown, old: SymbolicShape, next: SymbolicShape): unknown {
  if (Array.isArray(value)) return value.map((item) => replaceShapes(item, old, next));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const isInput = key === 'batchShape' || key === 'inputShape';
      if (isInput && isShape(item) && sameSizes(item.slice(1), old)) return [key, [item[0] ?? null, ...next]];
      return [key, replaceShapes(item, old, next)];
    }),
  );
}

function isShape(value: unknown): value is SymbolicShape {
  return Array.isArray(value) && value.every((size) => size === null || typeof size === 'number');
}

function sameSizes(a: SymbolicShape, b: SymbolicShape): boolean {
  return sameShape(
    a.map((size) => size ?? -1),
    b.map((size) => size ?? -1),
  );
}
