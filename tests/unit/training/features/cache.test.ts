import { addHead, freeze, type Model, setRandomSeed } from 'mapache';
import type { FitOptions } from 'mapache/training';
import { describe, expect, it } from 'vitest';
import { classLabels, convolutionalBase, images } from '../../../support/convolutional-base.js';

async function trained(options: FitOptions, base = convolutionalBase, seed = 3): Promise<readonly number[]> {
  setRandomSeed(seed);
  const bottom = base();
  freeze(bottom);
  const model = addHead(bottom, { classes: 3, dropout: 0.3 });
  model.compile({ optimizer: 'adam', metrics: ['accuracy'] });
  const history = await model.fit(images(), classLabels(), {
    ...{ epochs: 3, batchSize: 5, verbose: 0, validationData: [images(), classLabels()] },
    ...options,
  });
  return [...(await weightsOf(model)), ...Object.values(history.history).flat()];
}

async function weightsOf(model: Model): Promise<readonly number[]> {
  const arrays = await Promise.all(model.variables.map(({ value }) => value.data()));
  return arrays.flatMap((array) => [...array]);
}

describe('fit with a feature cache', () => {
  it('gives the same bits whether features are kept in memory, on disk, or not at all', async () => {
    const without = await trained({ cache: false });
    expect(await trained({ cache: 'memory' })).toEqual(without);
    expect(await trained({ cache: 'disk' })).toEqual(without);
    expect(await trained({})).toEqual(without);
  });
});
