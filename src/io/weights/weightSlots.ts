import type { Layer } from '../../layers/index.js';
import { Model } from '../../layers/index.js';
import type { Variable } from '../../tensor/index.js';
import { ownWeights, visitLayers } from './layerPaths.js';

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

/** What layers keep in files besides weights, by its path there: legacy files lack it. */
export function storedSlots(model: Model): ReadonlyMap<string, WeightSlot> {
  const slots = new Map<string, WeightSlot>();
  visitLayers(model, ({ className, stored }, folder) => {
    for (const [name, variable] of Object.entries(stored)) {
      const path = `${folder}vars/${name}`;
      slots.set(path, { variable, layerClass: className, path, names: [path], keras3Path: path });
    }
  });
  return slots;
}

function walk(
  model: Model,
  scope: readonly string[],
  slots: Map<Variable, WeightSlot>,
  paths: ReadonlyMap<Variable, string>,
): void {
  for (const layer of model.layers) {
    if (layer instanceof Model) walk(layer, [...scope, layer.name], slots, paths);
    for (const [variable, own] of layer instanceof Model
      ? ownNames(layer, layer.name)
      : namesInside(layer, layer.name)) {
      if (slots.has(variable)) continue;
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

/** `dense/kernel` for each weight that belongs to the layer itself. */
function ownNames(layer: Layer, path: string): readonly (readonly [Variable, string])[] {
  return ownWeights(layer).map((variable) => [variable, `${path}/${variable.name}`]);
}

/** The same for its weights and those of layers inside it: `bidirectional/forward_lstm/lstm_cell/kernel`. */
function namesInside(layer: Layer, path: string): readonly (readonly [Variable, string])[] {
  return [...ownNames(layer, path), ...layer.sublayers.flatMap((inner) => namesInside(inner, `${path}/${inner.name}`))];
}

function keras3Paths(model: Model): ReadonlyMap<Variable, string> {
  const paths = new Map<Variable, string>();
  visitLayers(model, (_, path, variables) => {
    for (const [i, variable] of variables.entries()) paths.set(variable, `${path}vars/${i}`);
  });
  return paths;
}
