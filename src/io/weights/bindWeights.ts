import type { FileWeight } from '../../layers/index.js';
import { formatShape, sameShape } from '../../tensor/index.js';
import { ModelFormatError } from '../modelFormatError.js';
import { leafOf, plainName, readingsOf, sameLeaf } from './fileNames.js';
import type { WeightSlot } from './weightSlots.js';

/** Which weight of a file goes to which weight of a model. Shapes are not compared. */
export type Binding<W extends FileWeight> = ReadonlyMap<WeightSlot, W>;

/**
 * Binds weights by name, unless `byName` is `false`: then in order, where the kinds agree. A name that several weights share,
 * because nested models have layers of the same name, binds in order if the file has it as often as the model. If no name is
 * known at all, and the weights are of the same kinds and shapes in the same order, they bind in order: the same model, with
 * other automatic names.
 * @param byName `true`: never because all are alike.
 * @throws {ModelFormatError} if the file has one name more often than the model.
 */
export function bindWeights<W extends FileWeight>(
  file: string,
  slots: readonly WeightSlot[],
  weights: readonly W[],
  byName?: boolean,
): Binding<W> {
  if (byName === false) return inOrder(slots, weights);
  const bound = new Map<WeightSlot, W>();
  const open = new Map<string, WeightSlot[]>();
  for (const slot of slots) {
    for (const name of new Set([...slot.names, ...(slot.keras3Path === null ? [] : [slot.keras3Path])])) {
      const sharing = open.get(name);
      if (sharing === undefined) open.set(name, [slot]);
      else sharing.push(slot);
    }
  }
  const bind = (name: string, same: readonly W[]): boolean => {
    const free = (open.get(name) ?? []).filter((slot) => !bound.has(slot));
    if (free.length !== same.length) return false;
    free.forEach((slot, i) => {
      bound.set(slot, same[i] as W);
    });
    return true;
  };

  // Whole names first: what is called exactly so has the first claim.
  const groups = groupByName(weights);
  const rest = [...groups].filter(([name, same]) => !bind(name, same));
  for (const [name, same] of rest) {
    const known = [...readingsOf(name)].some((reading) => bind(reading, same));
    if (!known && same.length > 1) throw ambiguous(file, name, same);
  }
  if (bound.size > 0 || byName === true) return bound;
  const ordered = inOrder(slots, weights);
  const alike = [...ordered].every(([{ variable }, { shape }]) => sameShape(variable.shape, shape));
  return alike && ordered.size === slots.length && ordered.size === weights.length ? ordered : bound;
}

function groupByName<W extends FileWeight>(weights: readonly W[]): ReadonlyMap<string, readonly W[]> {
  const groups = new Map<string, W[]>();
  for (const weight of weights) {
    const name = plainName(weight.name);
    const same = groups.get(name);
    if (same === undefined) groups.set(name, [weight]);
    else same.push(weight);
  }
  return groups;
}

function inOrder<W extends FileWeight>(slots: readonly WeightSlot[], weights: readonly W[]): Binding<W> {
  const pairs = slots.flatMap((slot, i): readonly (readonly [WeightSlot, W])[] => {
    const weight = weights[i];
    return weight !== undefined && sameLeaf(slot.variable.name, leafOf(plainName(weight.name))) ? [[slot, weight]] : [];
  });
  return new Map(pairs);
}

function ambiguous(file: string, name: string, same: readonly FileWeight[]): ModelFormatError {
  return new ModelFormatError(file, {
    expected: 'weights with names of their own, or as many of one name as the model has',
    received: `${same.length} called '${name}', of shapes ${same.map(({ shape }) => formatShape(shape)).join(', ')}`,
    remedy: 'Give layers of nested models different names and save the model again.',
  });
}
