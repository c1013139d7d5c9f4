import type { NodeRecord, TensorReference } from './readNodes.js';

/** What matters about a layer for the counting of its applications. */
export interface CountedLayer {
  readonly name: string;
  readonly nodes: readonly NodeRecord[];
  /** Whether it is a model that knows its input without being applied, so that some count its making as application 0. */
  readonly beginsWithInput: boolean;
  /** The same for models made of layers given one by one, whose making Keras 3 never counts. */
  readonly isSequential: boolean;
}

/** First number a file uses for the applications of each layer: 0, or 1 for some nested models. */
export type NodeOffsets = (layer: string) => number;

/**
 * Finds from which number applications of nested models are counted. Keras 2 and its ports count from 1 everywhere if
 * the model begins with an input; Keras 3 from 0 between layers, but from 1 for functional models in `output_layers`.
 * Some writers mix this up, so numbers that can only be meant otherwise are believed first.
 * @param references the numbers in question.
 * @param fromOne whether the convention of this place counts from 1, for a layer of this kind.
 */
export function nodeOffsets(
  layers: ReadonlyMap<string, CountedLayer>,
  references: readonly TensorReference[],
  fromOne: (layer: CountedLayer) => boolean,
): NodeOffsets {
  const least = new Map<string, number>();
  const most = new Map<string, number>();
  for (const { layer, node } of references) {
    least.set(layer, Math.min(node, least.get(layer) ?? node));
    most.set(layer, Math.max(node, most.get(layer) ?? node));
  }
  return (name) => {
    const layer = layers.get(name);
    if (layer === undefined || !layer.beginsWithInput || least.get(name) === 0) return 0;
    return (most.get(name) ?? 0) >= layer.nodes.length || fromOne(layer) ? 1 : 0;
  };
}
