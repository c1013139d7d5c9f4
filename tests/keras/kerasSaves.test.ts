import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { loadModel } from 'mapache/io';
import type { Model } from 'mapache/layers';
import { afterAll, describe, expect, test } from 'vitest';
import { conforms } from '../support/conformance.js';
import { relativeError } from '../support/relative-error.js';
import { temporaryFolder } from '../support/sandbox.js';
import { decodeArray, type EncodedArray } from '../support/shared-data.js';
import { kerasDescription } from './support/description.js';
import { withKeras } from './support/keras.js';
import { predict, randomizeWeights, weightsOf } from './support/numbers.js';
import { randomModel } from './support/randomModel.js';

const count = 200;
const tolerance = 1e-5;
const folder = temporaryFolder();

afterAll(() => rmSync(folder, { recursive: true }));

const described = (weights: readonly { readonly shape: readonly number[]; readonly trainable: boolean }[]): unknown =>
  weights.map(({ shape, trainable }) => ({ shape: [...shape], trainable }));

describe('what Keras saves, the library loads', () => {
  const keras = withKeras();

  test.each(Array.from({ length: count }, (_, seed) => seed))('random model %i', async (seed) => {
    const { model, inputs } = randomModel(seed);
    randomizeWeights(model, seed);
    const theirs = await keras().fromDescription(
      kerasDescription({ className: model.className, config: model.getConfig() }),
    );
    expect(described(theirs.weights)).toEqual(described(model.weights));
    await keras().setWeights(theirs, await weightsOf(model));
    const expected = await keras().predict(theirs, inputs);

    const expectSame = async (actual: Model, name: string): Promise<void> => {
      expect(described(actual.weights), name).toEqual(described(theirs.weights));
      const outputs = await predict(actual, inputs);
      expect(
        outputs.map(({ shape }) => shape),
        name,
      ).toEqual(expected.map(({ shape }) => shape));
      for (const [i, output] of outputs.entries()) {
        const error = relativeError(decodeArray(output).data, decodeArray(expected[i] as EncodedArray).data);
        const measured = { kind: 'file', name, id: `random ${seed}`, source: 'live' } as const;
        expect(conforms(measured, error), `${name}, output ${i}`).toBeLessThan(tolerance);
      }
    };

    for (const ending of ['.keras', '.h5']) {
      const path = join(folder, `${seed}${ending}`);
      await keras().save(theirs, path);
      await expectSame(await loadModel(path), `${ending} by Keras`);
    }
    const path = join(folder, `${seed}.weights.h5`);
    await keras().saveWeights(theirs, path);
    randomizeWeights(model, seed + 1);
    await model.loadWeights(path);
    await expectSame(model, '.weights.h5 by Keras');
  });
});
