import { loadModel } from 'mapache/io';
import { input, layers, type Model, model, sequential } from 'mapache/layers';
import { optimizerClasses } from 'mapache/optim';
import { expect, test } from 'vitest';
import { conforms } from '../support/conformance.js';
import { relativeError } from '../support/relative-error.js';
import { decodeArray, type EncodedArray } from '../support/shared-data.js';
import { kerasDescription, kerasOptions } from './support/description.js';
import { type KerasStep, withKeras } from './support/keras.js';
import { decode, encode, randomizeWeights, weightsOf } from './support/numbers.js';
import { Random } from './support/random.js';
import { temporaryFiles } from './support/roundTrip.js';

/** Options besides each optimizer's own defaults. */
const variants: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  plain: {},
  'decaying and clipped': { weightDecay: 0.01, clipnorm: 0.5 },
  'averaged, on a schedule': {
    useEma: true,
    emaMomentum: 0.9,
    learningRate: {
      className: 'ExponentialDecay',
      config: { initialLearningRate: 0.01, decaySteps: 2, decayRate: 0.5 },
    },
  },
};

const cases = [...optimizerClasses.keys()].flatMap((className) =>
  Object.keys(variants).flatMap((variant) => [
    [className, variant, 'everything trains'] as const,
    [className, variant, 'the base is frozen'] as const,
  ]),
);

const features = 6;
const tolerance = 1e-5;

function makeModel(frozen: boolean): Model {
  const base = sequential([
    layers.inputLayer({ shape: [features] }),
    layers.dense({ units: 5, activation: 'tanh' }),
    layers.batchNormalization(),
  ]);
  const start = input({ shape: [features] });
  const hidden = layers.dense({ units: 4, activation: 'sigmoid', kernelRegularizer: 'l2' }).apply(base.apply(start));
  const net = model({ inputs: start, outputs: layers.dense({ units: 3 }).apply(hidden) });
  randomizeWeights(net, 5);
  base.trainable = !frozen;
  return net;
}

interface Batch {
  readonly x: EncodedArray;
  readonly y: EncodedArray;
}

function makeBatches(): readonly Batch[] {
  const random = new Random(9);
  const draw = (columns: number): EncodedArray =>
    encode(
      Float32Array.from({ length: 8 * columns }, () => random.normal()),
      [8, columns],
    );
  return Array.from({ length: 4 }, () => ({ x: draw(features), y: draw(3) }));
}

const train = (net: Model, { x, y }: Batch) => net.trainOnBatch(decode(x), decode(y));

const keras = withKeras();
const file = temporaryFiles();

test.each(cases)('%s, %s, where %s: training goes on alike after a journey', async (className, variant, which) => {
  const frozen = which === 'the base is frozen';
  const optimizer = { className, config: variants[variant] ?? {} };
  const loss = { className: 'MeanSquaredError', config: {} };
  const batches = makeBatches();
  const [first, second, third, fourth] = batches as [Batch, Batch, Batch, Batch];

  const expectSame = async (net: Model, step: KerasStep, id: string): Promise<void> => {
    const measured = { kind: 'optimizer', name: className, id: `${variant}, ${which}, ${id}`, source: 'live' } as const;
    const compare = (what: string, actual: readonly EncodedArray[], expected: readonly EncodedArray[]): void => {
      expect(
        actual.map(({ shape }) => shape),
        `${id}: ${what}`,
      ).toEqual(expected.map(({ shape }) => shape));
      for (const [i, array] of expected.entries()) {
        const error = relativeError(decodeArray(actual[i] as EncodedArray).data, decodeArray(array).data);
        expect(conforms(measured, error, what), `${id}: ${what} ${i}`).toBeLessThan(tolerance);
      }
    };
    compare('values', await weightsOf(net), step.weights);
    const variables = net.optimizer.variablesFor(net.trainableWeights);
    const slots = variables.map(async ({ value, shape }) =>
      encode((await value.data()) as Float32Array | Int32Array, shape),
    );
    compare('slots', await Promise.all(slots), step.optimizer);
  };

  // Begun here, gone on with in Keras.
  const net = makeModel(frozen);
  net.compile({ optimizer, loss });
  for (const batch of [first, second]) await train(net, batch);
  await net.save(file('.keras'));
  const theirs = await keras().load(file('.keras'));
  for (const [i, batch] of [third, fourth].entries()) {
    await train(net, batch);
    await expectSame(net, await keras().train(theirs, [batch.x], [batch.y]), `begun here, step ${i}`);
  }

  // Begun in Keras, gone on with here.
  const fresh = makeModel(frozen);
  const started = await keras().fromDescription(
    kerasDescription({ className: fresh.className, config: fresh.getConfig() }),
  );
  await keras().setWeights(started, await weightsOf(fresh));
  await keras().compile(
    started,
    { class_name: className, config: kerasOptions(optimizer.config) },
    { class_name: 'MeanSquaredError', config: {} },
  );
  for (const batch of [first, second]) await keras().train(started, [batch.x], [batch.y]);
  // Keras gives Adafactor's rows and columns one name each, which its .h5 files cannot hold twice.
  const endings = className === 'Adafactor' ? ['.keras'] : ['.keras', '.h5'];
  for (const ending of endings) await keras().save(started, file(ending));
  // Keras itself cannot go on from its .h5 files: it goes on from where it stands.
  const step = await keras().train(started, [third.x], [third.y]);
  for (const ending of endings) {
    const loaded = await loadModel(file(ending));
    await train(loaded, third);
    await expectSame(loaded, step, `begun in Keras, by ${ending}`);
  }
});
