import { Layer, Model } from '../layers/index.js';
import { ArgumentError, checkNumberOption, formatValue } from '../tensor/index.js';
import { layerGroups } from './layerGroups.js';
import { type Leaf, leavesOf } from './leaves.js';

/**
 * Which layers of a model. At most one of the fields; none means all layers. Layers are named as in `model.getLayer`, by
 * name or by a path into nested models, or by their bare name wherever they are, if only one has it.
 */
export interface Selection {
  /** Every layer before this one, without it. */
  readonly until?: string;
  /** This layer and every one after it. */
  readonly from?: string;
  /** Layers whose path matches. */
  readonly match?: RegExp;
  /** These layers, and everything inside them; at least one. */
  readonly layers?: readonly (string | Layer)[];
  /** So many layers from the input, nested ones one by one; if negative, so many from the output. */
  readonly depth?: number;
  /** This group of `layerGroups(model)`, or these: from 0, the one at the input; from -1 backwards, the head. */
  readonly group?: number | readonly number[];
}

const fields: readonly string[] = [
  'until',
  'from',
  'match',
  'layers',
  'depth',
  'group',
] satisfies readonly (keyof Selection)[];
const remedy = 'model.summary({ expandNested: true }) lists the names.';

/**
 * The selected layers, those inside nested models one by one.
 * @throws {ArgumentError} for a name or a layer that is not there, a pattern that matches nothing, or more than one field.
 */
export function select(operation: string, model: Model, selection: Selection): readonly Leaf[] {
  const given = Object.entries(selection).flatMap(([key, value]) => (value === undefined ? [] : [key]));
  if (given.length > 1 || given.some((key) => !fields.includes(key))) {
    throw new ArgumentError({
      operation,
      expected: 'one of until, from, match, layers, depth and group',
      received: given.join(' and '),
      remedy: 'Call it once for each.',
    });
  }
  const leaves = leavesOf(model);
  const { until, from, match, layers, depth, group } = selection;
  const positionOf = (name: string): number => {
    const inside = new Set(layersInside(layerCalled(operation, model, name)));
    return leaves.findIndex(({ layer }) => inside.has(layer));
  };
  if (until !== undefined) return leaves.slice(0, positionOf(until));
  if (from !== undefined) return leaves.slice(positionOf(from));
  if (match !== undefined) return matching(operation, leaves, match);
  if (layers !== undefined) return listed(operation, model, leaves, layers);
  if (depth !== undefined) return deep(operation, leaves, depth);
  if (group !== undefined) return grouped(operation, model, typeof group === 'number' ? [group] : group);
  return leaves;
}

/** @throws {ArgumentError} unless there is one such layer, and no doubt about which. */
function layerCalled(operation: string, model: Model, name: string): Layer {
  const found = model.findLayer(name);
  if (found !== undefined) return found;
  const namesakes = [...new Set(everyLayer(model))].filter((layer) => layer.name === name);
  if (namesakes.length === 1) return namesakes[0] as Layer;
  throw new ArgumentError({
    operation,
    expected: `a layer of '${model.name}'`,
    received:
      namesakes.length === 0 ? formatValue(name) : `${formatValue(name)}, the name of ${namesakes.length} layers`,
    remedy: namesakes.length === 0 ? remedy : "Say which with its path, as in 'model/layer'.",
  });
}

function everyLayer(model: Model): readonly Layer[] {
  return model.layers.flatMap((layer) => (layer instanceof Model ? [layer, ...everyLayer(layer)] : [layer]));
}

function layersInside(layer: Layer): readonly Layer[] {
  return layer instanceof Model ? leavesOf(layer).map((leaf) => leaf.layer) : [layer];
}

function listed(
  operation: string,
  model: Model,
  leaves: readonly Leaf[],
  layers: readonly (string | Layer)[],
): readonly Leaf[] {
  const known = new Set(leaves.map(({ layer }) => layer));
  const wanted = new Set<Layer>();
  for (const item of layers) {
    const inside = layersInside(item instanceof Layer ? item : layerCalled(operation, model, item));
    const stranger = inside.find((layer) => !known.has(layer));
    if (stranger !== undefined) throw notInside(operation, model, `layer '${stranger.name}' of another model`);
    for (const layer of inside) wanted.add(layer);
  }
  if (wanted.size === 0) throw notInside(operation, model, 'an empty list');
  return leaves.filter(({ layer }) => wanted.has(layer));
}

function matching(operation: string, leaves: readonly Leaf[], pattern: RegExp): readonly Leaf[] {
  // A pattern with the flag `g` remembers where it stopped; a copy without it does not.
  const stateless = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''));
  const found = leaves.filter(({ path }) => stateless.test(path));
  if (found.length > 0) return found;
  throw new ArgumentError({
    operation,
    expected: 'a pattern that matches the path of a layer',
    received: formatValue(String(pattern)),
    remedy,
  });
}

function deep(operation: string, leaves: readonly Leaf[], depth: number): readonly Leaf[] {
  const { length } = leaves;
  checkNumberOption(operation, 'depth', depth, { min: -length, max: length, integer: true });
  return depth < 0 ? leaves.slice(depth) : leaves.slice(0, depth);
}

function grouped(operation: string, model: Model, wanted: readonly number[]): readonly Leaf[] {
  const groups = layerGroups(model);
  const chosen = wanted.map((group) => groups.at(group));
  if (chosen.length > 0 && wanted.every(Number.isInteger) && !chosen.includes(undefined)) {
    return groups.filter((group) => chosen.includes(group)).flat();
  }
  throw new ArgumentError({
    operation,
    expected: `groups from 0 to ${groups.length - 1}, or from -1 to -${groups.length}`,
    received: formatValue(wanted),
    remedy: 'layerGroups(model) lists them.',
  });
}

function notInside(operation: string, model: Model, received: string): ArgumentError {
  return new ArgumentError({ operation, expected: `layers of '${model.name}'`, received, remedy });
}
