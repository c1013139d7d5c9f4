import type { Variable } from '../tensor/index.js';
import type { LayerGroup } from './layerGroups.js';

/**
 * Rates for groups of layers, from `low` for the first to `high` for the last, each a constant factor above the one before
 * it (Howard and Ruder, 2018; fastai's `slice(low, high)`). One group alone gets `high`.
 */
export function spreadRates(low: number, high: number, groups: number): readonly number[] {
  const steps = Math.max(groups - 1, 1);
  return Array.from({ length: groups }, (_, i) => high * (low / high) ** ((groups - 1 - i) / steps));
}

/** Factors of the last group's rate by variable. */
export function factorsOf(groups: readonly LayerGroup[], rates: readonly number[]): ReadonlyMap<Variable, number> {
  const high = rates.at(-1) as number;
  return new Map(
    groups.flatMap((group, i) =>
      group.flatMap(({ layer }) => layer.weights.map((weight) => [weight, (rates[i] as number) / high] as const)),
    ),
  );
}
