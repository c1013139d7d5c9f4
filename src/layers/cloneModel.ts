import { remakeFromConfig } from './layerClasses.js';
import type { Model } from './model.js';

/** A model of the same architecture with weights of its own, freshly drawn; what is frozen stays frozen. */
export function cloneModel<M extends Model>(model: M): M {
  return remakeFromConfig(model.className, model.getConfig()) as Model as M;
}
