import type { Layer, Model } from '../../layers/index.js';
import { leavesOf } from '../leaves.js';

/** A layer, which may be inside another one that is no model, and where it stands. */
export interface Place {
  readonly path: string;
  readonly layer: Layer;
}

/** A layer and all that are inside it. */
export function layersWithin(layer: Layer, path: string): readonly Place[] {
  return [{ path, layer }, ...layer.sublayers.flatMap((inner) => layersWithin(inner, `${path}/${inner.name}`))];
}

/** Every layer of a model that is no model, each once. */
export function placesOf(model: Model): readonly Place[] {
  const all = leavesOf(model).flatMap(({ path, layer }) => layersWithin(layer, path));
  return all.filter(({ layer }, i) => all.findIndex((other) => other.layer === layer) === i);
}
