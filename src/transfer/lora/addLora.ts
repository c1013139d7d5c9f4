import type { Layer, Model } from '../../layers/index.js';
import { ArgumentError, checkNumberOption, sizeOf, type Variable } from '../../tensor/index.js';
import { trainOnly } from '../freeze.js';
import { leavesOf } from '../leaves.js';
import { type Selection, select } from '../selection.js';
import { layersWithin, type Place, placesOf } from './layersWithin.js';

/** Options of `addLora`: which layers, as `freeze` takes them, and how large a change. */
export interface LoraOptions extends Selection {
  /** Rank of the deltas; at least 1. @defaultValue `4` */
  readonly rank?: number;
  /** Deltas count `alpha / rank`; above 0. @defaultValue the rank, as in Keras */
  readonly alpha?: number;
}

/** What `addLora` has done. */
export interface LoraReport {
  /** Paths of the layers that have deltas now. */
  readonly layers: readonly string[];
  /** The deltas, which train from now on, and nothing else of the model. */
  readonly variables: readonly Variable[];
  /** Numbers in them. */
  readonly parameters: number;
}

/**
 * Adds deltas of low rank to kernels of a base (Hu et al., "LoRA", 2021): dense layers, convolutions and what is made of
 * `einsumDense`, such as attentions. They train in place of the base, all of which is frozen, so that its weights stay the
 * same bits; `saveLora` keeps them in a small file of their own.
 *
 * ```ts
 * const model = addHead(base, { classes: 3 });
 * addLora(base, { rank: 4, match: /expand|project/ });
 * ```
 * @throws {ArgumentError} if no selected layer takes a delta, or one of them has one; nothing changes then.
 */
export function addLora(model: Model, options: LoraOptions = {}): LoraReport {
  const { rank: givenRank = 4, alpha: givenAlpha = givenRank, ...selection } = options;
  const rank = checkNumberOption('addLora', 'rank', givenRank, { min: 1, integer: true });
  const alpha = checkNumberOption('addLora', 'alpha', givenAlpha, { above: 0 });
  const chosen = new Set(
    select('addLora', model, selection)
      .flatMap(({ layer }) => layersWithin(layer, ''))
      .map(({ layer }) => layer),
  );
  const places = placesOf(model).filter(({ layer }) => chosen.has(layer) && layer.adaptable !== null);
  return adaptLayers('addLora', model, places, rank, alpha);
}

/** Gives these layers deltas, and freezes everything else. */
export function adaptLayers(
  operation: string,
  model: Model,
  places: readonly Place[],
  rank: number,
  alpha: number,
): LoraReport {
  const refused = places.find(({ layer }) => !canAdapt(layer));
  if (places.length === 0 || refused !== undefined) {
    throw new ArgumentError({
      operation,
      expected: 'layers with kernels and without deltas',
      received: refused === undefined ? 'none among the selected ones' : `'${refused.path}'`,
      remedy: 'Deltas go to dense layers, convolutions and einsumDense; mergeLora ends an earlier adaption.',
    });
  }
  const adapted = new Set(places.map(({ layer }) => layer));
  const holders = leavesOf(model).filter(({ layer }) =>
    layersWithin(layer, '').some((place) => adapted.has(place.layer)),
  );
  trainOnly(model, holders);
  const variables: Variable[] = [];
  for (const { layer } of holders.flatMap((leaf) => layersWithin(leaf.layer, ''))) {
    if (!adapted.has(layer)) {
      layer.hold();
    } else if (layer.delta === null) {
      const { a, b } = layer.addDelta({ rank, alpha });
      variables.push(a, b);
    }
  }
  const parameters = variables.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  return { layers: places.map(({ path }) => path), variables, parameters };
}

function canAdapt(layer: Layer): boolean {
  const { adaptable, delta } = layer;
  return adaptable !== null && delta === null && layer.weight(adaptable).constraint === null;
}
