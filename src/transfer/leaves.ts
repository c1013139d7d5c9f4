import { type Layer, Model } from '../layers/index.js';

/** A layer that holds no other layers, and where it stands: `mobilenetv2/block_1_expand`. */
export interface Leaf {
  readonly path: string;
  readonly layer: Layer;
}

/** The layers that do the work, those of nested models included, in the order of the data's way through them. */
export function leavesOf(model: Model, prefix = ''): readonly Leaf[] {
  return model.layers.flatMap((layer) =>
    layer instanceof Model ? leavesOf(layer, `${prefix}${layer.name}/`) : [{ path: `${prefix}${layer.name}`, layer }],
  );
}
