import type { Model } from '../../layers/index.js';
import { freeze } from '../freeze.js';
import { leavesOf } from '../leaves.js';
import { layersWithin, placesOf } from './layersWithin.js';

/**
 * Adds deltas of low rank to their kernels for good: the model predicts what it did, is an ordinary one again, and can be
 * saved for Keras. Layers that had deltas are frozen; unfreeze them to train them further.
 * @returns paths of the layers that had deltas.
 */
export function mergeLora(model: Model): readonly string[] {
  const adapted = placesOf(model).filter(({ layer }) => layer.delta !== null);
  const holders = leavesOf(model).filter(({ layer }) =>
    layersWithin(layer, '').some((place) => place.layer.delta !== null),
  );
  if (holders.length > 0) freeze(model, { layers: holders.map(({ layer }) => layer) });
  for (const { layer } of holders.flatMap((leaf) => layersWithin(leaf.layer, ''))) layer.mergeDelta();
  return adapted.map(({ path }) => path);
}
