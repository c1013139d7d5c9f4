import { augment, layers, sequential } from 'mapache/layers';
import { ArgumentError, setRandomSeed, Tensor, tensor } from 'mapache/tensor';
import { type Batch, type Dataset, type IndexedDataset, orderOf } from 'mapache/training';
import { afterEach, describe, expect, it } from 'vitest';

const count = 10;
const width = 8;
const seed = { seed: 3, stream: 0 };

/** Pictures of one row with numbers of their own, and the numbers of their classes. */
function picturesAt(positions: Int32Array): Batch {
  const x = Float32Array.from({ length: positions.length * width }, (_, i) => {
    return (positions[Math.floor(i / width)] as number) * width + (i % width);
  });
  const y = Int32Array.from(positions, (position) => position % 3);
  return { x: tensor(x, { shape: [positions.length, 1, width, 1] }), y: tensor(y) };
}

const indexed: IndexedDataset = {
  size: count,
  identity: 'ten rows',
  classNames: ['a', 'b', 'c'],
  gather: (positions) => Promise.resolve(picturesAt(positions)),
  async *batches({ batchSize, ...options }) {
    const order = orderOf(count, options);
    for (let start = 0; start < count; start += batchSize) yield picturesAt(order.slice(start, start + batchSize));
  },
};

/** The same, one batch after the other, without a known number of samples. */
const stream: Dataset = { size: null, batches: (options) => indexed.batches(options) };

async function numbers(values: Tensor | readonly Tensor[] | undefined): Promise<readonly number[]> {
  const [first] = values instanceof Tensor ? [values] : (values ?? []);
  return [...((await first?.data()) ?? [])];
}

/** All pictures of a pass, by position: each begins with its number, wherever it is mirrored to. */
async function pass(dataset: Dataset, epoch: number, batchSize: number): Promise<readonly (readonly number[])[]> {
  const found: number[][] = [];
  for await (const { x } of dataset.batches({ batchSize, shuffle: true, seed, epoch })) {
    const all = await numbers(x);
    for (let start = 0; start < all.length; start += width) {
      const row = all.slice(start, start + width);
      found[Math.floor(Math.min(...row) / width)] = row;
    }
  }
  return found;
}

const flip = () => [layers.randomFlip({ mode: 'horizontal' })];

describe('augment', () => {
  afterEach(() => setRandomSeed(0));

  it.each([
    ['a data set with positions', indexed],
    ['a stream', stream],
  ])('changes the pictures of %s from pass to pass, and the same way again', async (_, dataset) => {
    const augmented = augment(dataset, flip());
    const first = await pass(augmented, 0, 4);
    expect(first).toHaveLength(count);
    expect(await pass(augmented, 0, 4)).toEqual(first);
    expect(await pass(augment(dataset, flip()), 0, 4)).toEqual(first);
    expect(await pass(augmented, 1, 4)).not.toEqual(first);
    expect(augmented.size).toBe(dataset.size);
    expect(augmented.classNames).toBe(dataset.classNames);
  });

  it('draws for a picture by its position, whatever batch it is in', async () => {
    const augmented = augment(indexed, flip());
    const whole = await pass(augmented, 2, count);
    expect(await pass(augmented, 2, 3)).toEqual(whole);
    const { x } = await augmented.gather(Int32Array.of(7, 2, 5), { epoch: 2, seed });
    expect(await numbers(x)).toEqual([whole[7], whole[2], whole[5]].flat());
    // It can no longer be told from outside what the samples are.
    expect(augmented.identity).toBeNull();
  });

  it('draws other numbers for each layer, and those of a layer with a seed whatever the seed of the pass', async () => {
    const x = async (dataset: IndexedDataset, own: number): Promise<readonly number[]> =>
      numbers(
        (
          await dataset.gather(orderOf(count, { shuffle: false, seed, epoch: 0 }), {
            epoch: 0,
            seed: { seed: own, stream: 0 },
          })
        ).x,
      );
    const twice = augment(indexed, [...flip(), ...flip()]);
    expect(await x(twice, 1)).not.toEqual(await x(indexed, 1));
    const seeded = augment(indexed, [layers.randomFlip({ mode: 'horizontal', seed: 4 })]);
    expect(await x(seeded, 1)).toEqual(await x(seeded, 2));
    expect(await x(augment(indexed, flip()), 1)).not.toEqual(await x(augment(indexed, flip()), 2));
  });

  it('blends labels with pictures, and makes rows of them for that', async () => {
    const mixed = augment(indexed, [layers.mixUp({ alpha: 1 })], { classes: 3 });
    const { x, y } = await mixed.gather(Int32Array.of(0, 1, 2, 3, 4, 5), { epoch: 0, seed });
    const [pictures, labels] = [await numbers(x), await numbers(y)];
    expect(labels).toHaveLength(18);
    for (let i = 0; i < 6; i++) {
      const row = labels.slice(3 * i, 3 * i + 3);
      expect(row.reduce((total, one) => total + one, 0)).toBeCloseTo(1, 5);
      // The picture of the class at most.
      expect(row[i % 3] as number).toBeGreaterThan(0);
    }
    expect(pictures).not.toEqual(await numbers((await indexed.gather(Int32Array.of(0, 1, 2, 3, 4, 5))).x));
  });

  it('says what is missing if labels cannot be blended, or if there are several inputs', async () => {
    const gather = (dataset: IndexedDataset) => dataset.gather(Int32Array.of(0, 1), { epoch: 0, seed });
    await expect(gather(augment(indexed, [layers.cutMix({ name: 'paste' })]))).rejects.toThrow(
      /augment with CutMix 'paste': expected labels as one-hot rows.*classes: 10/s,
    );
    const two: IndexedDataset = {
      ...indexed,
      gather: async (positions: Int32Array) => {
        const { x } = picturesAt(positions);
        return { x: [x, x] as readonly Tensor[] };
      },
    };
    await expect(gather(augment(two, flip()))).rejects.toThrow(/expected a data set with one input, received 2/);
    expect(() => augment(indexed, flip(), { classes: 0 })).toThrow(ArgumentError);
  });

  it('feeds fit', async () => {
    setRandomSeed(1);
    const model = sequential([
      layers.inputLayer({ shape: [1, width, 1] }),
      layers.flatten(),
      layers.dense({ units: 3, activation: 'softmax' }),
    ]);
    model.compile({ optimizer: 'adam', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
    const train = augment(indexed, [...flip(), layers.cutMix({ factor: 0.5 })], { classes: 3 });
    const history = await model.fit(train, { epochs: 2, batchSize: 4, verbose: 0 });
    expect(history.history.loss).toHaveLength(2);
  });
});
