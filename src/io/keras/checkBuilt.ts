import type { Model } from '../../layers/index.js';
import { ArgumentError } from '../../tensor/index.js';

/** @throws {ArgumentError} if the model has no weights yet. */
export function checkBuilt(model: Model): void {
  if (!model.built) {
    throw new ArgumentError({
      operation: `save '${model.name}'`,
      expected: 'a model with weights',
      received: 'one that was not applied to anything yet',
      remedy: 'Begin it with an input layer, or call build([null, …]).',
    });
  }
}
