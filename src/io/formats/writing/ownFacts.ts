import type { Model } from '../../../layers/index.js';
import { plainMetadata } from '../../keras/writeModel.js';
import { heldLayers } from '../../weights/heldLayers.js';

/** What a file of ours says that Keras has no place for. */
export interface OwnFacts {
  readonly metadata?: unknown;
  /** Paths of the layers that are held in inference mode. */
  readonly inferenceMode?: readonly string[];
}

/** What Keras would lose about a model: what its user added, and which layers are held in inference mode. */
export function ownFacts(model: Model): OwnFacts {
  const metadata = plainMetadata(model);
  const held = heldLayers(model);
  return {
    ...(metadata !== null && { metadata }),
    ...(held.length > 0 && { inferenceMode: held }),
  };
}
