import type { Layer, Model } from '../layers/index.js';
import { leavesOf } from './leaves.js';

/** Layers that behave in training as in inference only when they are told to: batch normalisations, and their like. */
export function normalizationsOf(model: Model): readonly Layer[] {
  return leavesOf(model).flatMap(({ layer }) => (layer.inferenceWhenFrozen && !layer.inferenceMode ? [layer] : []));
}

/** Runs `body` with these layers in inference mode, whatever becomes of it. */
export async function whileHeld<T>(held: readonly Layer[], body: () => Promise<T>): Promise<T> {
  for (const layer of held) layer.inferenceMode = true;
  try {
    return await body();
  } finally {
    for (const layer of held) layer.inferenceMode = false;
  }
}
