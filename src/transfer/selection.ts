import { Layer, Model } from '../layers/index.js';
import { ArgumentError, formatValue } from '../tensor/index.js';
import { type Leaf, leavesOf } from './leaves.js';

/**
 * Which layers of a model. At most one of the fields; none means all layers. Layers are named as in
 * `model.getLayer`: by name, or by a path into nested models.
 */
export interface Selection {
  /** Every layer before this one, without it. */
  readonly until?: string;
  /** This layer and every one after it. */
  readonly from?: string;
  /** Layers whose path matches. */
  readonly match?: RegExp;
  /** These layers, and everything inside them. */
  readonly layers?: readonly (string | Layer)[];
}

/**
 * The selected layers, those inside nested models one by one.
 * @throws {ArgumentError} for a name that is not there, a pattern that matches nothing, or more than one field.
 */
export function select(operation: string, model: Model, selection: Selection): readonly Leaf[] {
  const given = Object.entries(selection).filter(([, value]) => value !== undefined);
  if (given.length > 1) {
    throw new ArgumentError({
      operation,
      expected: 'one of until, from, match and layers',
      received: given.map(([key]) => key).join(' and '),
      remedy: 'Call it once for each.',
    });
  }
  const leaves = leavesOf(model);
  const { until, from, match, layers } = selection;
  if (until !== undefined) return leaves.slice(0, positionOf(model, leaves, until));
  if (from !== undefined) return leaves.slice(positionOf(model, leaves, from));
  if (match !== undefined) return matching(operation, leaves, match);
  if (layers !== undefined) {
    const wanted = new Set(
      layers.flatMap((layer) => layersInside(layer instanceof Layer ? layer : model.getLayer(layer))),
    );
    return leaves.filter(({ layer }) => wanted.has(layer));
  }
  return leaves;
}

function positionOf(model: Model, leaves: readonly Leaf[], name: string): number {
  const inside = new Set(layersInside(model.findLayer(name) ?? onlyLayerCalled(leaves, name) ?? model.getLayer(name)));
  return leaves.findIndex(({ layer }) => inside.has(layer));
}

/** A layer of a nested model by its bare name, as long as only one has it. */
function onlyLayerCalled(leaves: readonly Leaf[], name: string): Layer | undefined {
  const found = leaves.filter(({ layer }) => layer.name === name);
  return found.length === 1 ? found[0]?.layer : undefined;
}

function layersInside(layer: Layer): readonly Layer[] {
  return layer instanceof Model ? leavesOf(layer).map((leaf) => leaf.layer) : [layer];
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
    remedy: 'model.summary({ expandNested: true }) lists the names.',
  });
}
