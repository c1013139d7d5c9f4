import { Layer, Model } from '../../layers/index.js';
import type { Variable } from '../../tensor/index.js';

/** Takes a layer, the path to it (empty, or ending in a slash), and the weights that belong to it alone. */
export type LayerVisitor = (layer: Layer, path: string, variables: readonly Variable[]) => void;

/**
 * Visits a model and every layer inside it once, in the order and under the paths of Keras 3: attributes and classes,
 * `layers/dense_1/`, `layers/bidirectional/forward_layer/cell/`. What is shared counts at its first place.
 */
export function visitLayers(model: Model, visitor: LayerVisitor): void {
  const visited = new Set<Layer>();
  const visit = (layer: Layer, path: string): void => {
    if (visited.has(layer)) return;
    visited.add(layer);
    visitor(layer, path, ownWeights(layer));
    const parts = layer instanceof Model ? { layers: layer.layers } : layer.parts;
    for (const [attribute, part] of Object.entries(parts)) {
      const place = `${path}${attributeName(attribute)}/`;
      if (part instanceof Layer) visit(part, place);
      else visitList(part, place);
    }
  };
  /** The parts of a list go by their classes in snake case, numbered from the second one of a class on. */
  const visitList = (list: readonly Layer[], path: string): void => {
    const used = new Map<string, number>();
    for (const layer of list) {
      const name = layer.pathName;
      const count = used.get(name) ?? 0;
      used.set(name, count + 1);
      visit(layer, `${path}${count === 0 ? name : `${name}_${count}`}/`);
    }
  };
  visit(model, '');
}

/** `forwardLayer` is `forward_layer` in a file. */
function attributeName(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Weights that belong to the layer itself; a delta of low rank, for which files have no place, is none of them. */
export function ownWeights(layer: Layer): readonly Variable[] {
  const { delta } = layer;
  const others = new Set([...layer.sublayers.flatMap(({ weights }) => weights), delta?.a, delta?.b]);
  return layer.weights.filter((variable) => !others.has(variable));
}
