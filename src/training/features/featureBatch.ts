import type { Batch } from '../data/dataset.js';
import type { Trainable } from '../trainable.js';

/** Batches whose inputs are not the model's but those of a part of it. */
const parts = new WeakMap<Batch, Trainable>();

/** Says that a batch is to be given to the top of a model, the rest of which has been computed. */
export function giveTo(top: Trainable, batch: Batch): Batch {
  parts.set(batch, top);
  return batch;
}

/** What takes a batch: a part of the model, or all of it. */
export function takerOf(batch: Batch, model: Trainable): Trainable {
  return parts.get(batch) ?? model;
}
