import fc from 'fast-check';
import { ArgumentError, tensor } from 'mapache';
import { input, layers, type Model, model } from 'mapache/layers';
import { ArrayDataset, type Dataset, EmptyDataError, LabelError } from 'mapache/training';
import { addHead, type EmbeddingMap, embeddingMap } from 'mapache/transfer';
import { describe, expect, test } from 'vitest';
import { classLabels, convolutionalBase, images } from '../../support/convolutional-base.js';
import { caught, expectExplained } from '../../support/explained-error.js';
import { randomTensor } from '../../support/tensors.js';

/** A classifier whose features are what it is given. */
function linear(width: number, classes = 3): Model {
  const x = input({ shape: [width] });
  return model({ inputs: x, outputs: layers.dense({ units: classes, activation: 'softmax' }).apply(x) });
}

const mapOf = (rows: readonly (readonly number[])[]): Promise<EmbeddingMap> =>
  embeddingMap(linear(rows[0]?.length ?? 0), { x: tensor(rows) });

const places = ({ points }: EmbeddingMap): readonly (readonly [number, number])[] => points.map(({ x, y }) => [x, y]);

const distance = (a: readonly number[], b: readonly number[]): number =>
  Math.hypot(...a.map((value, k) => value - (b[k] as number)));

/** Numbers that single precision holds exactly, so that nothing is lost on the way into the model. */
const exact = fc.integer({ min: -1000, max: 1000 }).map((value) => value / 8);
const plane = fc.array(fc.tuple(exact, exact), { minLength: 3, maxLength: 12 });
const cloud = fc
  .integer({ min: 1, max: 20 })
  .chain((width) => fc.array(fc.array(exact, { minLength: width, maxLength: width }), { minLength: 2, maxLength: 15 }));
const runs = { numRuns: 25 };

describe('embeddingMap', () => {
  test('keeps all distances of points that lie in a plane, wherever the plane is', async () => {
    const axes = [
      [1, 2, 0, -1, 0.5, 4],
      [-2, 1, 0.25, 1, 3, 0],
    ] as const;
    await fc.assert(
      fc.asyncProperty(plane, async (coordinates) => {
        const rows = coordinates.map(([a, b]) => axes[0].map((value, k) => 7 + a * value + b * (axes[1][k] as number)));
        const map = await mapOf(rows);
        const found = places(map);
        const scale = Math.max(1, ...rows.map((row) => distance(row, rows[0] as readonly number[])));
        for (const [i, row] of rows.entries()) {
          for (const [k, other] of rows.entries()) {
            const error = distance(found[i] as [number, number], found[k] as [number, number]) - distance(row, other);
            expect(Math.abs(error) / scale).toBeLessThan(1e-9);
          }
        }
        const isPoint = rows.every((row) => distance(row, rows[0] as readonly number[]) === 0);
        expect(map.explained[0] + map.explained[1]).toBeCloseTo(isPoint ? 0 : 1, 9);
      }),
      runs,
    );
  });

  test('gives the same bits again, and the same map for samples in another order', async () => {
    await fc.assert(
      fc.asyncProperty(cloud, async (rows) => {
        const map = await mapOf(rows);
        expect(places(await mapOf(rows))).toEqual(places(map));
        const backwards = await mapOf([...rows].reverse());
        const scale = Math.max(1, ...rows.flat().map(Math.abs)) * Math.sqrt(rows[0]?.length ?? 1);
        const [first, second] = map.explained;
        expect(backwards.explained[0]).toBeCloseTo(first, 9);
        expect(backwards.explained[1]).toBeCloseTo(second, 9);
        // Where several directions are as good as each other, any of them will do.
        fc.pre(first - second > 1e-3 && second > 1e-3);
        for (const [i, { x }] of [...backwards.points].reverse().entries()) {
          expect(Math.abs(Math.abs(x) - Math.abs((map.points[i] as { x: number }).x)) / scale).toBeLessThan(1e-6);
        }
      }),
      runs,
    );
  });

  test('finds the directions of most variance, in order, at right angles, largest component positive', async () => {
    // Directions are -(3, 4) / 5 and (4, -3) / 5 or their opposites; along them points lie at 2, -2, and at 1, -1.
    const map = await mapOf([
      [-1.2 + 10, -1.6, 5],
      [1.2 + 10, 1.6, 5],
      [0.8 + 10, -0.6, 5],
      [-0.8 + 10, 0.6, 5],
    ]);
    const expected = [
      [-2, 0],
      [2, 0],
      [0, 1],
      [0, -1],
    ];
    expect(places(map)).toEqual(expected.map((row) => row.map((value) => expect.closeTo(value, 5))));
    expect(map.explained).toEqual([expect.closeTo(0.8, 6), expect.closeTo(0.2, 6)]);
  });

  test('no two directions show more of the variance', async () => {
    await fc.assert(
      fc.asyncProperty(cloud, fc.integer({ min: 0, max: 19 }), fc.integer({ min: 0, max: 19 }), async (rows, i, k) => {
        const width = rows[0]?.length ?? 0;
        const variance = rows[0]?.map((_, column) => {
          const mean = rows.reduce((sum, row) => sum + (row[column] as number), 0) / rows.length;
          return rows.reduce((sum, row) => sum + ((row[column] as number) - mean) ** 2, 0);
        }) as number[];
        const total = variance.reduce((sum, value) => sum + value, 0);
        fc.pre(total > 0 && i % width !== k % width);
        const { explained } = await mapOf(rows);
        const alongAxes = ((variance[i % width] as number) + (variance[k % width] as number)) / total;
        expect(explained[0] + explained[1]).toBeGreaterThan(alongAxes - 1e-9);
        expect(explained[0]).toBeGreaterThanOrEqual(explained[1] - 1e-12);
        expect(explained[0] + explained[1]).toBeLessThan(1 + 1e-9);
      }),
      runs,
    );
  });

  test('looks at what the head is given, or at a layer, averaged over places', async () => {
    const base = convolutionalBase();
    const net = addHead(base, { classes: ['a', 'b', 'c'] });
    const data = { x: images(), y: classLabels() };
    const map = await embeddingMap(net, data);
    expect(map.classNames).toEqual(['a', 'b', 'c']);
    const pooling = net.layers.find(({ className }) => className === 'GlobalAveragePooling2D');
    for (const layer of ['relu2', 'base/relu2', pooling?.name ?? 'none']) {
      const other = places(await embeddingMap(net, data, { layer }));
      expect(other).toEqual(places(map).map((row) => row.map((value) => expect.closeTo(value, 6))));
    }
    expect(places(await embeddingMap(net, data, { layer: 'relu1' }))).not.toEqual(places(map));
  });

  test('tells what samples are, and what they are taken for, in batches of any size', async () => {
    const net = addHead(convolutionalBase(), { classes: 3 });
    const x = images();
    const map = await embeddingMap(net, { x, y: classLabels() }, { batchSize: 5 });
    const outputs = await (await net.predict(x)).data();
    const predictions = Array.from({ length: 12 }, (_, i) => {
      const row = Array.from(outputs.slice(3 * i, 3 * i + 3));
      return row.indexOf(Math.max(...row));
    });
    expect(map.points.map(({ prediction }) => prediction)).toEqual(predictions);
    expect(map.points.map(({ truth }) => truth)).toEqual(Array.from(await classLabels().data()));
    expect(map.points.map(({ position }) => position)).toEqual(Array.from({ length: 12 }, (_, i) => i));
    const alone = await embeddingMap(net, { x });
    expect(alone.points.map(({ truth }) => truth)).toEqual(predictions.map(() => null));
    expect(places(alone)).toEqual(places(map).map((row) => row.map((value) => expect.closeTo(value, 5))));
  });

  test('shows samples from all over the data if there are too many, and the first of a stream', async () => {
    const net = linear(4);
    const x = randomTensor([10, 4], 3);
    const dataset = await ArrayDataset.from('test', { x, y: tensor(Array.from({ length: 10 }, (_, i) => i % 3)) });
    const files = Array.from({ length: 10 }, (_, i) => `${i}.jpg`);
    const indexed = Object.assign(dataset, { files });
    const found = await embeddingMap(net, indexed, { limit: 4, batchSize: 3 });
    expect(found.points.map(({ position, file, truth }) => [position, file, truth])).toEqual(
      [0, 2, 5, 7].map((position) => [position, `${position}.jpg`, position % 3]),
    );
    const stream: Dataset = { size: null, batches: (options) => dataset.batches(options) };
    const first = await embeddingMap(net, stream, { limit: 4, batchSize: 3 });
    expect(first.points.map(({ position, truth }) => [position, truth])).toEqual([0, 1, 2, 3].map((i) => [i, i % 3]));
  });

  test('names what it cannot use', async () => {
    const net = linear(4);
    const x = randomTensor([5, 4], 3);
    const maps = model({ inputs: net.inputs, outputs: layers.reshape({ targetShape: [2, 2] }).apply(net.inputs) });
    for (const run of [
      () => embeddingMap(maps, { x }),
      () => embeddingMap(net, { x }, { limit: 1 }),
      () => embeddingMap(net, { x }, { layer: 'nowhere' }),
      () => embeddingMap(net, { x }, { classNames: ['a'] }),
    ]) {
      expectExplained(await caught(run), ArgumentError);
    }
    expect(await caught(() => embeddingMap(net, { x, y: tensor([0, 1, 2, 3, 0]) }))).toBeInstanceOf(LabelError);
    const nothing: Dataset = { size: 0, batches: async function* () {} };
    expect(await caught(() => embeddingMap(net, nothing))).toBeInstanceOf(EmptyDataError);
  });
});
