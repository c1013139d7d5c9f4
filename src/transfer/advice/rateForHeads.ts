import { isPretrained } from '../../io/index.js';
import { highestRateOf, isRateChecked } from '../highestRates.js';
import { layerGroups } from '../layerGroups.js';
import type { Advised } from './advised.js';

/** A head that is new, and pretrained weights that train with it at a rate for heads. */
export async function rateForHeads({ model, compilation: { optimizer } }: Advised): Promise<string | null> {
  if (isRateChecked(optimizer)) return null;
  const groups = layerGroups(model);
  const base = groups.slice(0, -1).flatMap((group) => group.flatMap(({ layer }) => layer.trainableWeights));
  const head = groups.at(-1)?.flatMap(({ layer }) => layer.weights) ?? [];
  const pretrained = base.filter(isPretrained);
  if (pretrained.length === 0 || head.every(isPretrained)) return null;
  const factor = Math.max(...pretrained.map((weight) => optimizer.rateMultipliers.of(weight)));
  const rate = factor * (await optimizer.learningRate.value.item());
  const limit = highestRateOf(optimizer.className);
  if (rate <= limit * (1 + 1e-6)) return null;
  return (
    `${pretrained.length} pretrained weights train at a rate of ${Number(rate.toPrecision(3))}, which suits a new head and ` +
    `undoes what they have learnt. Train the head first, with freeze(base); then use fineTune, with a rate of at most ${limit}.`
  );
}
