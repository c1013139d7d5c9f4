import { Layer, Model } from '../../layers/index.js';
import { snakeCase, type Variable } from '../../tensor/index.js';

/** A weight of a model, and the names a file may have for it. */
export interface WeightSlot {
  readonly variable: Variable;
  /** Class of the layer that stands in the model, which may hold the weight's own layer. */
  readonly layerClass: string;
  /** Where it stands: names of the models around it, the layer, the weight. */
  readonly path: string;
  /** Shortest first: without the models around it, with the innermost, with two, … The last is `path`. */
  readonly names: readonly string[];
  /** The path that Keras 3 writes: classes instead of names. */
  readonly keras3Path: string | null;
}

/** The weights of a model, each once, in the order of `model.weights`. */
export function weightSlots(model: Model): readonly WeightSlot[] {
  const slots = new Map<Variable, WeightSlot>();
  walk(model, [], slots, keras3Paths(model));
  return model.weights.flatMap((variable) => slots.get(variable) ?? []);
}

function walk(
  model: Model,
  scope: readonly string[],
  slots: Map<Variable, WeightSlot>,
  paths: ReadonlyMap<Variable, string>,
): void {
  for (const layer of model.layers) {
    if (layer instanceof Model) walk(layer, [...scope, layer.name], slots, paths);
    for (const variable of layer instanceof Model ? ownWeights(layer) : layer.weights) {
      if (slots.has(variable)) continue;
      const own = ownName(layer, variable);
      const names = [own];
      for (let depth = 1; depth <= scope.length; depth++) names.push([...scope.slice(-depth), own].join('/'));
      slots.set(variable, {
        variable,
        layerClass: layer.className,
        path: names.at(-1) as string,
        names,
        keras3Path: paths.get(variable) ?? null,
      });
    }
  }
}

/** Weights that belong to the layer itself. */
function ownWeights(layer: Layer): readonly Variable[] {
  const inside = new Set(layer.sublayers.flatMap(({ weights }) => weights));
  return layer.weights.filter((variable) => !inside.has(variable));
}

/** `dense/kernel`; `bidirectional/forward_lstm/kernel` for a weight of a layer inside a layer. */
function ownName(layer: Layer, { path }: Variable): string {
  return path.startsWith(`${layer.name}/`) ? path : `${layer.name}/${path}`;
}

/**
 * Keras 3's paths: attributes and classes from the model to the weight, `layers/dense_1/vars/0`,
 * `layers/bidirectional/forward_layer/cell/vars/2`. What is shared counts at its first place.
 */
function keras3Paths(model: Model): ReadonlyMap<Variable, string> {
  const paths = new Map<Variable, string>();
  const visited = new Set<Layer>();
  const visit = (layer: Layer, path: string): void => {
    if (visited.has(layer)) return;
    visited.add(layer);
    ownWeights(layer).forEach((variable, i) => {
      paths.set(variable, `${path}vars/${i}`);
    });
    const parts = layer instanceof Model ? { layers: layer.layers } : layer.parts;
    for (const [attribute, part] of Object.entries(parts)) {
      const place = `${path}${snakeCase(attribute)}`;
      if (part instanceof Layer) visit(part, `${place}/`);
      else visitList(part, `${place}/`);
    }
  };
  /** The parts of a list go by their classes in snake case, numbered from the second one of a class on. */
  const visitList = (list: readonly Layer[], path: string): void => {
    const used = new Map<string, number>();
    for (const layer of list) {
      const name = snakeCase(layer.className);
      const count = used.get(name) ?? 0;
      used.set(name, count + 1);
      visit(layer, `${path}${count === 0 ? name : `${name}_${count}`}/`);
    }
  };
  visit(model, '');
  return paths;
}
