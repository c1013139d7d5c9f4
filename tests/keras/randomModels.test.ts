import { describe, test } from 'vitest';
import { kerasDescription } from './support/description.js';
import { withKeras } from './support/keras.js';
import { predict, randomizeWeights, weightsOf } from './support/numbers.js';
import { randomModel } from './support/randomModel.js';
import { RoundTrip, temporaryFiles } from './support/roundTrip.js';

const count = 200;

/** Keras cannot write some layers that augment pictures to .h5 files. */
function refusesToPickle(error: Error): false {
  if (error.message.includes("cannot pickle 'module' object")) return false;
  throw error;
}

describe('models drawn at random go to Keras and back', () => {
  const keras = withKeras();
  const file = temporaryFiles();

  test.each(Array.from({ length: count }, (_, seed) => seed))('model %i, saved here', async (seed) => {
    const { model, inputs } = randomModel(seed);
    randomizeWeights(model, seed);
    const trip = new RoundTrip(`random ${seed}`, inputs, await predict(model, inputs), model.weights);

    await model.save(file('.keras'));
    const whole = await keras().load(file('.keras'));
    await trip.expectInKeras(keras(), whole, '.keras');

    await model.saveWeights(file('.weights.h5'));
    await keras().scramble(whole);
    await keras().loadWeights(whole, file('.weights.h5'));
    await trip.expectInKeras(keras(), whole, '.weights.h5');
  });

  test.each(Array.from({ length: count }, (_, seed) => seed))('model %i, saved by Keras', async (seed) => {
    const { model, inputs } = randomModel(seed);
    randomizeWeights(model, seed);
    const description = kerasDescription({ className: model.className, config: model.getConfig() });
    const theirs = await keras().fromDescription(description);
    await keras().setWeights(theirs, await weightsOf(model));
    const trip = new RoundTrip(`random ${seed}`, inputs, await keras().predict(theirs, inputs), theirs.weights);
    for (const ending of ['.keras', '.h5'] as const) {
      const saved = await keras()
        .save(theirs, file(ending))
        .then(() => true)
        .catch(refusesToPickle);
      if (saved) await trip.expectLoaded(file(ending), ending);
    }
    await keras().saveWeights(theirs, file('.weights.h5'));
    randomizeWeights(model, seed + 1);
    await model.loadWeights(file('.weights.h5'));
    await trip.expectHere(model, '.weights.h5');
  });
});
