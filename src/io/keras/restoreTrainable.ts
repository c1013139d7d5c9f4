import { type Layer, Model } from '../../layers/index.js';
import type { Config } from '../../tensor/index.js';
import { isObject } from './json.js';

/**
 * Sets `trainable` of every layer as its description says. Making a frozen model freezes everything inside; where a
 * layer inside was unfrozen afterwards, its own description knows.
 */
export function restoreTrainable(layer: Layer, config: Config): void {
  const { trainable, layers } = config;
  if (typeof trainable === 'boolean' && layer.trainable !== trainable) layer.trainable = trainable;
  if (!(layer instanceof Model) || !Array.isArray(layers)) return;
  const inside = new Map(layer.layers.map((child) => [child.name, child]));
  for (const description of layers as readonly unknown[]) {
    if (!isObject(description) || !isObject(description.config)) continue;
    const { name } = description.config;
    const child = typeof name === 'string' ? inside.get(name) : undefined;
    if (child !== undefined) restoreTrainable(child, description.config);
  }
}
