import type { Model } from '../../layers/index.js';

/** Holds in inference mode what was held when the model was saved. Layers the model does not have are passed over. */
export function restoreInferenceMode(model: Model, paths: unknown): void {
  if (!Array.isArray(paths)) return;
  for (const path of paths as readonly unknown[]) {
    const layer = typeof path === 'string' ? model.findLayer(path) : undefined;
    if (layer !== undefined) layer.inferenceMode = true;
  }
}
