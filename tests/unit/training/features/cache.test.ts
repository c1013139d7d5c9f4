import { mkdtempSync, readdirSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  addHead,
  augment,
  freeze,
  input,
  layers,
  type Model,
  model,
  optimizers,
  setRandomSeed,
  unfreeze,
} from 'mapache';
import { Layer } from 'mapache/layers';
import { mean, sub, type Tensor } from 'mapache/tensor';
import { type Batch, type Callback, type Dataset, type FitOptions, LambdaCallback } from 'mapache/training';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { classLabels, convolutionalBase, images } from '../../../support/convolutional-base.js';
import { CountedDataset } from '../../../support/counted-dataset.js';

const folder = mkdtempSync(join(tmpdir(), 'mapache-cache-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const quiet = { epochs: 3, batchSize: 4, verbose: 0 } as const;

function fresh(seed = 3): { readonly base: Model; readonly net: Model } {
  setRandomSeed(seed);
  const base = convolutionalBase();
  freeze(base);
  const net = addHead(base, { classes: 3, dropout: 0.3 });
  net.compile({ optimizer: 'adam', metrics: ['accuracy'] });
  return { base, net };
}

async function weightsOf(net: Model): Promise<readonly number[]> {
  const arrays = await Promise.all(net.variables.map(({ value }) => value.data()));
  return arrays.flatMap((array) => [...array]);
}

async function trained(options: FitOptions, data: Dataset = new CountedDataset()): Promise<readonly number[]> {
  const { net } = fresh();
  const history = await net.fit(data, { ...quiet, ...options });
  return [...(await weightsOf(net)), ...Object.values(history.history).flat()];
}

describe('fit with features', () => {
  it('gives the same bits whether they are kept in memory, on disk, in both, or not at all', async () => {
    const validationData = new CountedDataset({ size: 5, content: 2 });
    const without = await trained({ cache: false, validationData });
    expect(await trained({ cache: 'memory', validationData })).toEqual(without);
    expect(await trained({ cache: 'disk', validationData })).toEqual(without);
    expect(await trained({ cache: 'auto', cacheOptions: { maxBytes: 120 }, validationData })).toEqual(without);
  });

  it('asks for each sample once, labels included, also in a later training', async () => {
    const { net } = fresh();
    const [data, validation] = [new CountedDataset(), new CountedDataset({ size: 5, content: 2 })];
    const options = { ...quiet, validationData: validation };
    await net.fit(data, options);
    expect([data.gathered, validation.gathered]).toEqual([11, 5]);
    net.compile({ optimizer: optimizers.sgd({ learningRate: 0.1 }) });
    await net.fit(data, options);
    expect([data.gathered, validation.gathered]).toEqual([11, 5]);
  });

  it('knows data again by their identity, and not by anything else', async () => {
    const { net } = fresh();
    const [first, again] = [new CountedDataset({ identity: 'a' }), new CountedDataset({ identity: 'a' })];
    await net.fit(first, quiet);
    await net.fit(again, quiet);
    expect(again.gathered).toBe(0);
    for (const other of [new CountedDataset({ identity: 'b' }), new CountedDataset()]) {
      await net.fit(other, quiet);
      expect(other.gathered).toBe(11);
    }
  });

  it('rounds to half precision if asked to, alike in the first epoch and in later ones', async () => {
    const half = await trained({ cache: 'memory', cacheOptions: { dtype: 'float16' } });
    expect(half).not.toEqual(await trained({ cache: false }));
    expect(await trained({ cache: 'disk', cacheOptions: { dtype: 'float16' } })).toEqual(half);
  });

  it('goes by what is frozen at each batch', async () => {
    const unfreezing = (base: Model): Callback =>
      new LambdaCallback({
        onTrainBatchEnd: (batch: number) => {
          if (batch === 1) unfreeze(base, { from: 'conv2' });
        },
      });
    const results = [];
    for (const cache of [false, 'auto'] as const) {
      const { base, net } = fresh();
      await net.fit(new CountedDataset(), { ...quiet, cache, callbacks: [unfreezing(base)] });
      results.push(await weightsOf(net));
    }
    expect(results[1]).toEqual(results[0]);
  });

  it('keeps so many views of data that are augmented, and nothing of them unless asked to', async () => {
    const { net } = fresh();
    const data = new CountedDataset({ varies: true });
    await net.fit(data, { ...quiet, epochs: 4 });
    expect(data.gathered).toBe(44);
    await net.fit(data, { ...quiet, epochs: 6, seed: 1, cacheOptions: { views: 2 } });
    expect(data.gathered).toBe(44 + 22);
    await expect(net.fit(data, { ...quiet, cache: 'memory' })).rejects.toThrow(/augmented/);
  });

  it('augments frozen samples anew in every epoch', async () => {
    const flipped = (): Dataset => augment(new CountedDataset(), [layers.randomFlip()]);
    const anew = await trained({ cache: false }, flipped());
    expect(await trained({ cache: 'auto' }, flipped())).toEqual(anew);
    expect(anew).not.toEqual(await trained({ cache: 'auto', cacheOptions: { views: 1 } }, flipped()));
  });

  it('takes no layer at its word that mixes samples after all', async () => {
    class Centred extends Layer {
      call([x]: readonly [Tensor]): Tensor {
        return sub(x, mean(x, { axes: 0, keepDims: true }));
      }
    }
    const warn = vi.spyOn(console, 'warn').mockReturnValue();
    const results = [];
    for (const cache of [false, 'auto', 'memory'] as const) {
      setRandomSeed(3);
      const x = input({ shape: [8, 8, 3] });
      const below = layers.dense({ units: 4, trainable: false }).apply(layers.flatten().apply(x));
      const centred = new Centred().apply(below);
      const net = model({ inputs: x, outputs: layers.dense({ units: 3, activation: 'softmax' }).apply(centred) });
      net.compile({ optimizer: 'sgd', loss: 'sparse_categorical_crossentropy' });
      await net.fit(images(), classLabels(), { ...quiet, cache });
      results.push(await weightsOf(net));
    }
    expect(results[1]).toEqual(results[0]);
    expect(results[2]).toEqual(results[0]);
    expect(warn.mock.calls).toEqual([[expect.stringMatching(/isPure/)], [expect.stringMatching(/isPure/)]]);
    warn.mockRestore();
  });

  it('says in one line what is kept, and how much it takes', async () => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      await fresh().net.fit(images(), classLabels(), { epochs: 1, verbose: 2 });
      const lines = write.mock.calls.map(([text]) => String(text)).filter((text) => text.includes('Features'));
      expect(lines).toEqual([
        expect.stringMatching(
          /^Features of 'global_average_pooling2d.*' are kept for 12 training samples: 0.3 kB in memory.\n$/,
        ),
      ]);
    } finally {
      write.mockRestore();
    }
  });

  it.each<[string, FitOptions, readonly string[]]>([
    ['all of them', {}, ['training 4/11', 'training 8/11', 'training 11/11', 'validation 4/5', 'validation 5/5']],
    [
      'in memory and on disk',
      { cacheOptions: { maxBytes: 120 }, validationData: null },
      ['training 4/11', 'training 8/11', 'training 11/11'],
    ],
    [
      'two views in as many epochs',
      { cacheOptions: { views: 2 }, validationData: null },
      ['training 4/22', 'training 8/22', 'training 11/22', 'training 15/22', 'training 19/22', 'training 22/22'],
    ],
  ])('tells callbacks, and nobody else, how many features are kept: %s', async (_, options, expected) => {
    const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    try {
      const seen: string[] = [];
      const watching = new LambdaCallback({
        onFeatureProgress: ({ data, done, total }) => void seen.push(`${data} ${done}/${total}`),
      });
      const validationData = new CountedDataset({ size: 5, content: 2 });
      await trained({ validationData, ...options, callbacks: [watching] });
      expect(seen).toEqual(expected);
      expect(write).not.toHaveBeenCalled();
    } finally {
      write.mockRestore();
    }
  });

  it('refuses to insist on what cannot be', async () => {
    const { base, net } = fresh();
    async function* batches(): AsyncGenerator<Batch> {
      yield await new CountedDataset().gather(Int32Array.of(0, 1));
    }
    const generated: Dataset = { size: null, batches };
    await net.fit(generated, quiet);
    await expect(net.fit(generated, { ...quiet, cache: 'disk' })).rejects.toThrow(/by position/);
    const tight = { ...quiet, cache: 'memory', cacheOptions: { maxBytes: 100 } } as const;
    await expect(net.fit(new CountedDataset(), tight)).rejects.toThrow(/at most 100 bytes/);
    unfreeze(base);
    await expect(net.fit(new CountedDataset(), { ...quiet, cache: 'memory' })).rejects.toThrow(/frozen/);
  });
});

describe('features in a folder', () => {
  const identity = 'eleven pictures';
  const options = { ...quiet, cache: 'disk', cacheOptions: { folder } } as const;
  const asked = async (seed: number, change: (base: Model) => void = () => {}): Promise<number> => {
    const { base, net } = fresh(seed);
    change(base);
    const data = new CountedDataset({ identity });
    await net.fit(data, options);
    return data.gathered;
  };

  // How samples look is known when the first batch has been computed; the second one is under way by then.
  it('are found by another model with the same bottom, and by no other', async () => {
    expect(await asked(3)).toBe(11);
    expect(await asked(3)).toBe(8);
    expect(await asked(4)).toBe(11);
    expect(await asked(3, (base) => base.weights[0]?.assign(new Float32Array(108)))).toBe(11);
    expect(await asked(3, (base) => unfreeze(base, { from: 'conv2' }))).toBe(11);
    expect(await asked(3)).toBe(8);
  });

  it('are announced although none is missing', async () => {
    const seen: string[] = [];
    const watching = new LambdaCallback({
      onFeatureProgress: ({ done, total, announcement }) => void seen.push(`${done}/${total}: ${announcement}`),
    });
    await fresh().net.fit(new CountedDataset({ identity }), { ...options, callbacks: [watching] });
    expect(seen).toEqual([
      expect.stringMatching(/^11\/11: Features of .* are kept for 11 training samples: .* on disk/),
    ]);
  });

  it('are computed anew if a file is cut off', async () => {
    for (const set of readdirSync(folder)) truncateSync(join(folder, set, '0.features'), 60);
    expect(await asked(3)).toBe(11);
    expect(await asked(3)).toBe(8);
  });
});
