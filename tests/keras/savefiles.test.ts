import { loadModel } from 'mapache/io';
import { UnknownLayerError } from 'mapache/layers';
import { test } from 'vitest';
import { dataPath, describeWithData, type EncodedArray, hasData, readJson } from '../support/shared-data.js';
import { withKeras } from './support/keras.js';
import { RoundTrip, temporaryFiles } from './support/roundTrip.js';

interface SavedCase {
  readonly inputs: readonly EncodedArray[];
  readonly outputs: readonly EncodedArray[];
}

interface Manifest {
  readonly cases: readonly { readonly name: string }[];
}

const { cases } = hasData ? readJson<Manifest>('goldens', 'savefiles', 'manifest.json') : { cases: [] };

describeWithData('models that Keras saved go through this library and back', () => {
  const keras = withKeras();
  const file = temporaryFiles();

  test.for(cases)('$name', async ({ name }, { skip }) => {
    const { inputs, outputs } = readJson<SavedCase>('goldens', 'savefiles', `${name}.json`);
    const path = dataPath('goldens', 'savefiles', `${name}.keras`);
    const model = await loadModel(path).catch((error: unknown) => {
      if (error instanceof UnknownLayerError) skip(error.message);
      throw error;
    });
    const theirs = await keras().load(path);
    const trip = new RoundTrip(name, inputs, outputs, theirs.weights);

    await model.save(file('.keras'));
    await trip.expectInKeras(keras(), await keras().load(file('.keras')), '.keras');

    await model.saveWeights(file('.weights.h5'));
    await keras().scramble(theirs);
    await keras().loadWeights(theirs, file('.weights.h5'));
    await trip.expectInKeras(keras(), theirs, '.weights.h5');

    // What Keras makes of our file, it saves again.
    for (const ending of ['.keras', '.h5'] as const) {
      await keras().save(theirs, file(ending));
      await trip.expectLoaded(file(ending), ending);
    }
    await keras().saveWeights(theirs, file('.weights.h5'));
    const copy = await loadModel(path);
    await copy.loadWeights(file('.weights.h5'));
    await trip.expectHere(copy, '.weights.h5');
  });
});
