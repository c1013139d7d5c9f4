import { type Layer, Model } from '../../../layers/index.js';
import { plainMetadata } from '../../keras/writeModel.js';

/** What a file of ours says that Keras has no place for. */
export interface OwnFacts {
  readonly metadata?: unknown;
  /** Paths of the layers that are held in inference mode. */
  readonly inferenceMode?: readonly string[];
}

/** What Keras would lose about a model: what its user added, and which layers are held in inference mode. */
export function ownFacts(model: Model): OwnFacts {
  const metadata = plainMetadata(model);
  const held = heldLayers(model, '');
  return {
    ...(metadata !== null && { metadata }),
    ...(held.length > 0 && { inferenceMode: held }),
  };
}

/** Layers are named as `getLayer` finds them. */
function heldLayers(model: Model, path: string): readonly string[] {
  return model.layers.flatMap((layer: Layer) => {
    const name = `${path}${layer.name}`;
    const inside = layer instanceof Model ? heldLayers(layer, `${name}/`) : [];
    return layer.inferenceMode ? [name, ...inside] : inside;
  });
}
