import { type FileWeight, type Layer, Model } from '../../layers/index.js';
import { sameShape } from '../../tensor/index.js';
import { ModelFormatError } from '../modelFormatError.js';
import { type Binding, bindWeights } from './bindWeights.js';
import { leafOf, plainName, sameLeaf } from './fileNames.js';
import type { WeightSlot } from './weightSlots.js';

/** A weight that a file keeps under the layer of the model it belongs to. */
export interface LayerWeight extends FileWeight {
  readonly layer?: string | undefined;
}

/**
 * Binds the weights of a file that groups them by the layers of a model, as Keras 2 did.
 *
 * Layers go together by name if the model has all of the file's; otherwise by position, among those that have weights:
 * what Keras does, because automatic names depend on what was made before. Inside a layer weights go in order, those that
 * train first; where layers hold layers the order depends on what was frozen when the file was written, so names go first.
 * @param byName `true`: layers by name only, those that both sides have; `false`: by position only.
 * @throws {ModelFormatError} if numbers of layers differ, so that positions mean nothing.
 */
export function bindLayers<W extends LayerWeight>(
  file: string,
  model: Model,
  slots: readonly WeightSlot[],
  weights: readonly W[],
  byName?: boolean,
): Binding<W> {
  const ours = slotsByLayer(model, slots);
  const theirs = groupBy(weights, ({ layer = '' }) => layer);
  const named = new Map([...ours].map((entry) => [entry[0].name, entry]));
  const pairs = [...theirs].map(([name, group], i) => ({ group, byName: named.get(name), byOrder: [...ours][i] }));
  const useNames = byName ?? pairs.every((pair) => pair.byName !== undefined);
  if (!useNames && ours.size !== theirs.size) {
    throw new ModelFormatError(file, {
      expected: `weights for the ${ours.size} layers of '${model.name}' that have any`,
      received: `weights for ${theirs.size}, with other names`,
      remedy: 'Build the model as it was saved; or take what has the same name on both sides with byName: true.',
    });
  }
  const bound = new Map<WeightSlot, W>();
  for (const pair of pairs) {
    const entry = useNames ? pair.byName : pair.byOrder;
    if (entry === undefined) continue;
    const [layer, inside] = entry;
    const binding = bindInside(file, layer, inside, pair.group);
    for (const [slot, weight] of binding) bound.set(slot, weight);
  }
  return bound;
}

function bindInside<W extends LayerWeight>(
  file: string,
  layer: Layer,
  slots: readonly WeightSlot[],
  weights: readonly W[],
): Binding<W> {
  if (layer instanceof Model) return bindNested(file, slots, weights);
  // Halves of a bidirectional layer have weights of the same kinds and shapes: order alone would mix them up unseen.
  const named = layer.sublayers.length > 0 ? bindWeights(file, slots, weights, true) : null;
  return named?.size === slots.length ? named : bindOwn(slots, weights);
}

/** Weights of each layer that has any, in Keras's order; those of a layer that occurs twice, in its first place. */
function slotsByLayer(model: Model, slots: readonly WeightSlot[]): ReadonlyMap<Layer, readonly WeightSlot[]> {
  const bySlot = new Map(slots.map((slot) => [slot.variable, slot]));
  const groups = new Map<Layer, readonly WeightSlot[]>();
  for (const layer of model.layers) {
    const variables =
      layer instanceof Model ? layer.weights : [...layer.trainableWeights, ...layer.nonTrainableWeights];
    const inside = variables.flatMap((variable) => bySlot.get(variable) ?? []);
    for (const { variable } of inside) bySlot.delete(variable);
    if (inside.length > 0) groups.set(layer, inside);
  }
  return groups;
}

/**
 * In order if kinds and shapes are the same; otherwise by kind, as far as each occurs once. A single weight needs no
 * name: layers of applications have some that Keras leaves without.
 */
function bindOwn<W extends LayerWeight>(slots: readonly WeightSlot[], weights: readonly W[]): Binding<W> {
  if (slots.length === weights.length && slots.every((slot, i) => fits(slot, weights[i] as W))) {
    return new Map(slots.map((slot, i) => [slot, weights[i] as W]));
  }
  if (slots.length === 1 && weights.length === 1) return new Map([[slots[0] as WeightSlot, weights[0] as W]]);
  const kind = ({ name }: { readonly name: string }): string => leafOf(plainName(name));
  return new Map(
    slots.flatMap((slot): readonly (readonly [WeightSlot, W])[] => {
      const same = weights.filter((weight) => sameLeaf(slot.variable.name, kind(weight)));
      const [only] = same;
      const isOnly = slots.filter(({ variable }) => variable.name === slot.variable.name).length === 1;
      return only !== undefined && same.length === 1 && isOnly ? [[slot, only]] : [];
    }),
  );
}

/** By name if every name is known; otherwise layer by layer, if all of them have the same weights. */
function bindNested<W extends LayerWeight>(
  file: string,
  slots: readonly WeightSlot[],
  weights: readonly W[],
): Binding<W> {
  const named = bindWeights(file, slots, weights);
  if (named.size === slots.length) return named;
  const ours = [...groupBy(slots, ({ path }) => folderOf(path)).values()];
  const theirs = [...groupBy(weights, ({ name }) => folderOf(plainName(name))).values()];
  if (ours.length !== theirs.length) return named;
  const pairs = ours.flatMap((group, i) => {
    const other = theirs[i] as readonly W[];
    return group.map((slot) => [slot, other.find((weight) => fits(slot, weight))] as const);
  });
  return pairs.every((pair): pair is readonly [WeightSlot, W] => pair[1] !== undefined) ? new Map(pairs) : named;
}

function fits({ variable }: WeightSlot, { name, shape }: LayerWeight): boolean {
  return sameLeaf(variable.name, leafOf(plainName(name))) && sameShape(variable.shape, shape);
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function groupBy<T>(items: readonly T[], key: (item: T) => string): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return groups;
}
