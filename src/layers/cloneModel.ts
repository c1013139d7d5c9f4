import type { Model } from './model.js';
import { layerFromConfig } from './registry.js';

/** A model of the same architecture with weights of its own, freshly drawn; what is frozen stays frozen. */
export function cloneModel<M extends Model>(model: M): M {
  return layerFromConfig(model.className, model.getConfig()) as Model as M;
}
