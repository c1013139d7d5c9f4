import { Model } from '../layers/index.js';
import { ArgumentError, formatValue } from '../tensor/index.js';
import { type Leaf, leavesOf } from './leaves.js';

/** Layers that stand together, nested ones one by one, in the order of the data's way through them. */
export type LayerGroup = readonly Leaf[];

/** Parts in which a model whose groups nobody has named is cut, besides its head. */
const parts = 3;

/**
 * The layers of a model in groups, from the input to the head, for rates that differ by depth and for unfreezing step by
 * step.
 *
 * Groups begin at the layers that `starts` names, or `model.metadata.groups`; applications name theirs, and `addHead` those
 * of its base and the head. Where nobody has, the head is what comes after the model that holds most of the weights, or
 * the last layer with weights; what stands before it is cut in three parts of as many layers with weights.
 * @throws {ArgumentError} if `starts` names layers that are not there, or not in this order.
 */
export function layerGroups(model: Model, starts?: readonly string[]): readonly LayerGroup[] {
  const leaves = leavesOf(model);
  if (starts !== undefined) {
    const positions = positionsOf(leaves, starts);
    if (areStarts(positions)) return cut(leaves, positions);
    throw new ArgumentError({
      operation: 'layerGroups',
      expected: `layers of '${model.name}' after its first one, in the order in which data pass them`,
      received: formatValue(starts),
      remedy: 'model.summary({ expandNested: true }) lists the names.',
    });
  }
  const named = positionsOf(leaves, namesOf(model));
  if (areStarts(named) && named.length > 0) return cut(leaves, named);
  const base = baseOf(model);
  const end = base === null ? headOf(leaves) : endOf(leaves, base);
  const body = leaves.slice(0, end);
  const inside = base === null ? [] : positionsOf(body, namesOf(base));
  const starting = areStarts(inside) && inside.length > 0 ? inside : thirds(body);
  return cut(leaves, end === leaves.length ? starting : [...starting, end]);
}

function namesOf({ metadata }: Model): readonly string[] {
  const { groups } = metadata;
  return Array.isArray(groups) ? groups.filter((name) => typeof name === 'string') : [];
}

/** Where layers of these names or paths begin; -1 for those that are not there. */
function positionsOf(leaves: readonly Leaf[], names: readonly string[]): readonly number[] {
  return names.map((name) => {
    const exact = leaves.findIndex(({ path }) => path === name || path.startsWith(`${name}/`));
    return exact >= 0 ? exact : leaves.findIndex(({ path }) => `/${path}/`.includes(`/${name}/`));
  });
}

function areStarts(positions: readonly number[]): boolean {
  return positions.every((at, i) => at > (positions[i - 1] ?? 0));
}

/** The layer that holds most of the weights, if it is a model and layers with weights come after it. */
function baseOf(model: Model): Model | null {
  const { layers } = model;
  const at = layers.findIndex((layer) => layer instanceof Model && layer.countParams() > model.countParams() / 2);
  return layers.slice(at + 1).some((layer) => layer.weights.length > 0)
    ? ((layers[at] as Model | undefined) ?? null)
    : null;
}

function endOf(leaves: readonly Leaf[], base: Model): number {
  const inside = new Set(leavesOf(base).map(({ layer }) => layer));
  return Math.max(...leaves.map(({ layer }, i) => (inside.has(layer) ? i + 1 : 0)));
}

function headOf(leaves: readonly Leaf[]): number {
  const weighted = [...leaves.keys()].filter((i) => hasWeights(leaves[i] as Leaf));
  return weighted.length > 1 ? (weighted.at(-1) as number) : leaves.length;
}

function thirds(body: readonly Leaf[]): readonly number[] {
  const weighted = [...body.keys()].filter((i) => hasWeights(body[i] as Leaf));
  const positions = Array.from({ length: parts - 1 }, (_, i) => Math.round(((i + 1) * weighted.length) / parts));
  return [...new Set(positions)].flatMap((at) => (at > 0 && at < weighted.length ? [weighted[at] as number] : []));
}

function hasWeights({ layer }: Leaf): boolean {
  return layer.weights.length > 0;
}

function cut(leaves: readonly Leaf[], positions: readonly number[]): readonly LayerGroup[] {
  const edges = [0, ...positions, leaves.length];
  return edges.slice(1).map((end, i) => leaves.slice(edges[i], end));
}
