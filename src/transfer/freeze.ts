import { type Layer, Model } from '../layers/index.js';
import type { Variable } from '../tensor/index.js';
import { type Leaf, leavesOf } from './leaves.js';
import { type Selection, select } from './selection.js';

/** What a call of `freeze` or `unfreeze` changed. */
export interface FreezeReport {
  /** Paths of the layers whose `trainable` changed. */
  readonly layers: readonly string[];
  /** The variables that stopped or began to train. */
  readonly variables: readonly Variable[];
}

/**
 * Stops layers from training: all of the model, or those selected. It takes effect on the next batch; batch
 * normalisations that are frozen run in inference mode.
 *
 * ```ts
 * freeze(base);
 * freeze(base, { until: 'block_13_expand' });   // everything before that layer
 * freeze(base, { match: /_bn$/ });
 * ```
 * @throws {ArgumentError} if the selection names no layer; nothing changes then.
 */
export function freeze(model: Model, selection: Selection = {}): FreezeReport {
  return setTrainable(model, select('freeze', model, selection), false);
}

/**
 * Lets layers train: all of the model, or those selected. Models around them inside `model` begin to train as far as it
 * needs; the other layers stay as they are.
 *
 * ```ts
 * unfreeze(base, { from: 'block_13_expand' });  // that layer and everything after it
 * ```
 * @returns the variables that train from now on and did not before.
 * @throws {ArgumentError} if the selection names no layer; nothing changes then.
 */
export function unfreeze(model: Model, selection: Selection = {}): FreezeReport {
  return setTrainable(model, select('unfreeze', model, selection), true);
}

/** Lets these layers train, and no others. */
export function trainOnly(model: Model, leaves: readonly Leaf[]): void {
  const chosen = new Set(leaves.map(({ layer }) => layer));
  applyFlags(model, (layer) => chosen.has(layer));
}

/** Which layers train, models included. */
export function flagsOf(model: Model): ReadonlyMap<Layer, boolean> {
  const inside = model.layers.map((layer): readonly (readonly [Layer, boolean])[] =>
    layer instanceof Model ? [...flagsOf(layer)] : [[layer, layer.trainable]],
  );
  return new Map([[model, model.trainable] as const, ...inside.flat()]);
}

/** Models first: a flag reaches every layer inside. */
export function restoreFlags(flags: ReadonlyMap<Layer, boolean>): void {
  for (const [layer, trainable] of flags) layer.trainable = trainable;
}

function setTrainable(model: Model, selected: readonly Leaf[], value: boolean): FreezeReport {
  const leaves = leavesOf(model);
  const before = new Map(leaves.map(({ layer }) => [layer, layer.trainable]));
  const trainedBefore = new Set(model.trainableWeights);
  const chosen = new Set(selected.map(({ layer }) => layer));
  applyFlags(model, (layer) => (chosen.has(layer) ? value : (before.get(layer) as boolean)));

  const trainsNow = new Set(model.trainableWeights);
  const changed = value
    ? [...trainsNow].filter((v) => !trainedBefore.has(v))
    : [...trainedBefore].filter((v) => !trainsNow.has(v));
  return {
    layers: leaves.filter(({ layer }) => before.get(layer) !== layer.trainable).map(({ path }) => path),
    variables: changed,
  };
}

/** A model trains if anything inside does: a frozen model hides its layers, whatever they say themselves. */
function applyFlags(model: Model, wanted: (leaf: Layer) => boolean): void {
  model.trainable = leavesOf(model).some(({ layer }) => wanted(layer));
  for (const layer of model.layers) {
    if (layer instanceof Model) applyFlags(layer, wanted);
    else layer.trainable = wanted(layer);
  }
}
