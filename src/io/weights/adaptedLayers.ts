import type { Layer } from '../../layers/index.js';

/** A layer and those inside it that have a delta of low rank. */
export function adaptedIn(layer: Layer): readonly Layer[] {
  return [...(layer.delta === null ? [] : [layer]), ...layer.sublayers.flatMap(adaptedIn)];
}
