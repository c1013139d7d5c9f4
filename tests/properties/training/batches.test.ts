import fc from 'fast-check';
import { drawSeed, setRandomSeed, type Tensor, tensor } from 'mapache/tensor';
import type { Batch } from 'mapache/training';
import { describe, expect, test } from 'vitest';
import { ArrayDataset } from '../../../src/training/data/arrayDataset.js';
import { BatchStream } from '../../../src/training/data/batchStream.js';
import { readRows } from '../../../src/training/data/rows.js';
import { splitForValidation } from '../../../src/training/data/validationSplit.js';

const sizes = fc.integer({ min: 1, max: 40 });
const seeds = fc.record({ seed: fc.integer(), stream: fc.nat() });

/** Samples that can be told apart: sample `i` is `[i, 1000 + i]`, its target `[-i]`. */
async function numbered(size: number): Promise<ArrayDataset> {
  const indices = Array.from({ length: size }, (_, i) => i);
  return ArrayDataset.from('test', {
    x: tensor(indices.map((i) => [i, 1000 + i])),
    y: tensor(indices.map((i) => [-i])),
  });
}

/** The numbers of the samples in each batch; checks that samples and targets have stayed together. */
async function read(batches: AsyncIterable<Batch>): Promise<readonly (readonly number[])[]> {
  const result: number[][] = [];
  for await (const { x, y } of batches) {
    const rows = (await (x as readonly Tensor[])[0]?.array()) as readonly (readonly [number, number])[];
    const targets = (await (y as readonly Tensor[])[0]?.array()) as readonly (readonly [number])[];
    rows.forEach(([i, plus], row) => {
      expect(plus).toBe(1000 + i);
      expect(targets[row]?.[0]).toBe(i === 0 ? -0 : -i);
    });
    result.push(rows.map(([i]) => i));
  }
  return result;
}

describe('batches of arrays', () => {
  test('hold every sample once, in batches that are full but for the last', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, sizes, fc.boolean(), seeds, fc.nat(), async (size, batchSize, shuffle, seed, epoch) => {
        const batches = await read((await numbered(size)).batches({ batchSize, shuffle, seed, epoch }));
        const all = batches.flat();
        expect([...all].sort((a, b) => a - b)).toEqual(Array.from({ length: size }, (_, i) => i));
        if (!shuffle) expect(all).toEqual([...all].sort((a, b) => a - b));
        batches.forEach((batch, i) => {
          expect(batch.length).toBe(i < batches.length - 1 ? batchSize : size - batchSize * i);
        });
      }),
      { numRuns: 40 },
    );
  });

  test('come in an order that depends on seed and epoch only', async () => {
    await fc.assert(
      fc.asyncProperty(sizes, sizes, seeds, fc.nat(), fc.nat(5), async (size, batchSize, seed, epoch, draws) => {
        const dataset = await numbered(size);
        const first = await read(dataset.batches({ batchSize, shuffle: true, seed, epoch }));
        for (let i = 0; i < draws; i++) drawSeed();
        setRandomSeed(epoch);
        await read(dataset.batches({ batchSize, shuffle: true, seed, epoch: epoch + 1 }));
        // The order does not depend on how it is cut, either.
        const again = await read(dataset.batches({ batchSize: batchSize + 1, shuffle: true, seed, epoch }));
        expect(again.flat()).toEqual(first.flat());
      }),
      { numRuns: 25 },
    );
  });

  test('differ from epoch to epoch', async () => {
    const dataset = await numbered(30);
    const order = async (epoch: number) =>
      (await read(dataset.batches({ batchSize: 30, shuffle: true, seed: { seed: 1, stream: 0 }, epoch }))).flat();
    expect(await order(0)).not.toEqual(await order(1));
  });
});

test('a validation split keeps the first samples for training and loses none', async () => {
  await fc.assert(
    fc.asyncProperty(sizes, fc.double({ min: 0.01, max: 0.99 }), seeds, async (size, fraction, seed) => {
      const kept = Math.floor(size * (1 - fraction));
      fc.pre(kept > 0 && kept < size);
      const { training, validation } = splitForValidation('test', await numbered(size), fraction);
      const options = { batchSize: 7, shuffle: true, seed, epoch: 0 };
      const sorted = async (part: ArrayDataset) => (await read(part.batches(options))).flat().sort((a, b) => a - b);
      expect(await sorted(training)).toEqual(Array.from({ length: kept }, (_, i) => i));
      expect(await sorted(validation)).toEqual(Array.from({ length: size - kept }, (_, i) => kept + i));
      expect(await validation.targets(0).array()).toEqual((await sorted(validation)).map((i) => [-i]));
    }),
    { numRuns: 25 },
  );
});

test('rows of a strided view are those of its dense copy', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
      fc.shuffledSubarray([0, 1, 2], { minLength: 3, maxLength: 3 }),
      fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
      fc.array(fc.nat(), { maxLength: 6 }),
      async (extents, order, flips, picks) => {
        const [a, b, c] = extents;
        const data = Float32Array.from({ length: a * b * c }, (_, i) => i);
        const strides = [b * c, c, 1];
        // A transposed view, backwards along some axes.
        const shape = order.map((axis) => extents[axis] as number);
        const stride = order.map((axis) => (strides[axis] as number) * (flips[axis] ? -1 : 1));
        const offset = extents.reduce(
          (sum, extent, axis) => sum + (flips[axis] ? (extent - 1) * (strides[axis] as number) : 0),
          0,
        );
        const view = { data, shape, stride, offset };
        const dense = tensor(view);
        const indices = picks.map((pick) => pick % (shape[0] as number));
        const rows = await readRows('test', view);
        expect(rows).toMatchObject({ count: shape[0], shape: shape.slice(1), dtype: 'float32' });
        const expected = (await readRows('test', dense)).gather(indices);
        expect(await rows.gather(indices).array()).toEqual(await expected.array());
      },
    ),
    { numRuns: 40 },
  );
});

test('epochs of a fixed number of steps are one stream of passes, cut up', async () => {
  await fc.assert(
    fc.asyncProperty(
      sizes,
      sizes,
      fc.integer({ min: 1, max: 9 }),
      seeds,
      async (size, batchSize, stepsPerEpoch, seed) => {
        const dataset = await numbered(size);
        const stream = new BatchStream('test', dataset, { batchSize, shuffle: true, seed, stepsPerEpoch });
        const epochs = [await read(stream.epoch(0)), await read(stream.epoch(1)), await read(stream.epoch(2))];
        await stream.close();
        expect(epochs.map(({ length }) => length)).toEqual([stepsPerEpoch, stepsPerEpoch, stepsPerEpoch]);
        const passes: (readonly number[])[] = [];
        for (let epoch = 0; passes.length < 3 * stepsPerEpoch; epoch++) {
          passes.push(...(await read(dataset.batches({ batchSize, shuffle: true, seed, epoch }))));
        }
        expect(epochs.flat()).toEqual(passes.slice(0, 3 * stepsPerEpoch));
      },
    ),
    { numRuns: 25 },
  );
});

test('a stream ends the pass that is under way when it is closed', async () => {
  let closed = 0;
  const dataset = {
    size: null,
    async *batches() {
      try {
        for (;;) yield { x: tensor([[1]]) };
      } finally {
        closed++;
      }
    },
  };
  const options = { batchSize: 1, shuffle: false, seed: { seed: 0, stream: 0 } };
  const steps = new BatchStream('test', dataset, { ...options, stepsPerEpoch: 2 });
  for await (const _ of steps.epoch(0));
  expect(closed).toBe(0);
  await steps.close();
  expect(closed).toBe(1);
  const passes = new BatchStream('test', dataset, { ...options, stepsPerEpoch: null });
  for await (const _ of passes.epoch(0)) break;
  expect(closed).toBe(2);
});
