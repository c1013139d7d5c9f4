import type { Model } from '../../layers/index.js';
import { ArgumentError, type Variable } from '../../tensor/index.js';
import { bindWeights } from './bindWeights.js';
import { leafOf } from './fileNames.js';
import { type WeightSlot, weightSlots } from './weightSlots.js';

/** A weight and its name in a file. */
export interface NamedWeight {
  readonly name: string;
  readonly variable: Variable;
}

/**
 * Names for a model's weights, in the order of `model.weights`: `conv1/kernel`, and `base/conv1/kernel` where layers of
 * nested models have the same name.
 * @throws {ArgumentError} if a reader could not tell the weights apart.
 */
export function nameWeights(model: Model): readonly NamedWeight[] {
  const slots = weightSlots(model);
  const uses = new Map<string, number>();
  for (const name of slots.flatMap(({ names }) => names)) uses.set(name, (uses.get(name) ?? 0) + 1);
  const named = slots.map((slot) => ({
    name: portableName(slot, slot.names.find((name) => uses.get(name) === 1) ?? slot.path),
    shape: slot.variable.shape,
    variable: slot.variable,
  }));
  const binding =
    new Set(named.map(({ name }) => name)).size === named.length && bindWeights('model.json', slots, named, true);
  if (binding !== false && slots.every((slot) => binding.get(slot)?.variable === slot.variable)) return named;
  throw new ArgumentError({
    operation: `save '${model.name}'`,
    expected: 'layers whose names tell their weights apart',
    received: 'layers with slashes in their names that look like layers of nested models',
    remedy: 'Rename them.',
  });
}

/** Keras 2 and its ports have another name for the kernel of a depthwise convolution. */
function portableName({ layerClass, variable }: WeightSlot, name: string): string {
  const isDepthwise = layerClass.startsWith('DepthwiseConv') && variable.name === 'kernel';
  return isDepthwise ? `${name.slice(0, -leafOf(name).length)}depthwise_kernel` : name;
}
