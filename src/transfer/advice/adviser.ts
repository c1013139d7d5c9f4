import { Model } from '../../layers/index.js';
import { type FitFacts, installAdviser } from '../../training/index.js';
import type { Advice } from './advised.js';
import { inputsOutOfRange } from './inputsOutOfRange.js';
import { logitsAndProbabilities } from './logitsAndProbabilities.js';
import { missingClasses } from './missingClasses.js';
import { rateForHeads } from './rateForHeads.js';
import { tinyBatches } from './tinyBatches.js';

const all: readonly Advice[] = [inputsOutOfRange, rateForHeads, tinyBatches, logitsAndProbabilities, missingClasses];

const given = new WeakMap<Model, Set<Advice>>();

/** Warns where people go wrong, of each thing once for each model. */
async function advise(facts: FitFacts): Promise<void> {
  const { model } = facts.compilation;
  if (!(model instanceof Model)) return;
  const known = given.get(model) ?? new Set();
  given.set(model, known);
  for (const advice of all) {
    if (known.has(advice)) continue;
    const text = await advice({ ...facts, model });
    if (text === null) continue;
    known.add(advice);
    console.warn(`Model '${model.name}': ${text} (advice: false keeps this quiet.)`);
  }
}

installAdviser(advise);
