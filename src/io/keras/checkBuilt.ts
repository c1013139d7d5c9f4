import type { Layer, Model } from '../../layers/index.js';
import { ArgumentError } from '../../tensor/index.js';

/** @throws {ArgumentError} if the model has no weights yet. */
export function checkBuilt(model: Model): void {
  const adapted = adaptedIn(model);
  if (adapted !== undefined) {
    throw new ArgumentError({
      operation: `save '${model.name}'`,
      expected: 'a model whose deltas are merged',
      received: `a delta of low rank in '${adapted.name}', for which no file of models has a place`,
      remedy: 'Call mergeLora(model) first, or save the deltas alone with saveLora.',
    });
  }
  if (!model.built) {
    throw new ArgumentError({
      operation: `save '${model.name}'`,
      expected: 'a model with weights',
      received: 'one that was not applied to anything yet',
      remedy: 'Begin it with an input layer, or call build([null, …]).',
    });
  }
}

function adaptedIn(layer: Layer): Layer | undefined {
  if (layer.delta !== null) return layer;
  for (const inner of layer.sublayers) {
    const found = adaptedIn(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}
