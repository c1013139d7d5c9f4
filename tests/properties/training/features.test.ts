import fc from 'fast-check';
import { addHead, freeze, type Model, optimizers, setRandomSeed, unfreeze } from 'mapache';
import type { CacheMode } from 'mapache/training';
import { expect, it } from 'vitest';
import { convolutionalBase } from '../../support/convolutional-base.js';
import { CountedDataset } from '../../support/counted-dataset.js';

interface State {
  readonly base: Model;
  readonly net: Model;
  readonly datasets: readonly CountedDataset[];
  readonly cache: CacheMode;
}

type Action = (state: State) => unknown;

const training =
  (data: number, batchSize: number, validation: boolean): Action =>
  ({ net, datasets, cache }) =>
    net.fit(datasets[data] as CountedDataset, {
      ...{ epochs: 2, batchSize, verbose: 0, cache, cacheOptions: { maxBytes: cache === 'auto' ? 200 : 2 ** 20 } },
      validationData: validation ? datasets[1 - data] : undefined,
    });

/** What a program may do between two trainings that changes what features would be. */
const changes: Readonly<Record<string, Action>> = {
  'unfreeze the upper half': ({ base }) => unfreeze(base, { from: 'conv2' }),
  'unfreeze a batch normalisation': ({ base }) => unfreeze(base, { layers: ['bn1'] }),
  'freeze the base': ({ base }) => freeze(base),
  'assign a weight': ({ base }) => base.getLayer('conv1').weight('bias').assign(new Float32Array(4).fill(0.3)),
  'assign a statistic': ({ base }) => base.getLayer('bn2').weight('moving_mean').assign(new Float32Array(6).fill(0.2)),
  'hold a batch normalisation': ({ base }) => {
    base.getLayer('bn1').inferenceMode = !base.getLayer('bn1').inferenceMode;
  },
  'take another optimizer': ({ net }) => net.compile({ optimizer: optimizers.sgd({ learningRate: 0.05 }) }),
};

const action = fc.oneof(
  fc.tuple(fc.nat(1), fc.constantFrom(3, 8), fc.boolean()).map(([data, batchSize, validation]) => ({
    name: `fit ${data} ${batchSize} ${validation}`,
    run: training(data, batchSize, validation),
  })),
  fc.constantFrom(...Object.entries(changes)).map(([name, run]) => ({ name, run })),
);

async function weightsAfter(actions: readonly Action[], cache: CacheMode): Promise<readonly number[]> {
  setRandomSeed(5);
  const base = convolutionalBase();
  freeze(base);
  const net = addHead(base, { classes: 3, dropout: 0.2, batchNormalization: 'training' });
  net.compile({ optimizer: 'adam' });
  const datasets = [new CountedDataset({ identity: 'a' }), new CountedDataset({ size: 7, content: 2 })];
  const state = { base, net, datasets, cache };
  for (const run of [...actions, training(0, 3, true)]) await run(state);
  const arrays = await Promise.all(net.variables.map(({ value }) => value.data()));
  return arrays.flatMap((array) => [...array]);
}

it('whatever happens between trainings, kept features make no difference', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 5 }), async (actions) => {
      const runs = actions.map(({ run }) => run);
      expect(await weightsAfter(runs, 'auto')).toEqual(await weightsAfter(runs, false));
    }),
    { numRuns: 4 },
  );
}, 120_000);
