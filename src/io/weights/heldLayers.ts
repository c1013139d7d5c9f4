import { Model } from '../../layers/index.js';

/** Paths of the layers that are held in inference mode, as `getLayer` finds them. */
export function heldLayers(model: Model, path = ''): readonly string[] {
  return model.layers.flatMap((layer) => {
    const name = `${path}${layer.name}`;
    const inside = layer instanceof Model ? heldLayers(layer, `${name}/`) : [];
    return layer.inferenceMode ? [name, ...inside] : inside;
  });
}
