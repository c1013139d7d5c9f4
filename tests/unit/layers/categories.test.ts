import { loadModel } from 'mapache/io';
import { input, layers, type Model, model } from 'mapache/layers';
import { ArgumentError, type Tensor, tensor } from 'mapache/tensor';
import { describe, expect, test } from 'vitest';

// Values of Keras 3.15.1.
const vocabulary = [12, 36, 1138, 42];
const integers = (values: readonly unknown[]): Tensor => tensor(values as never, { dtype: 'int32' });

describe('IntegerLookup', () => {
  test.each([
    [{}, [1, 2, 3, 4, 0, 0, 0]],
    [{ numOovIndices: 2 }, [2, 3, 4, 5, 1, 1, 1]],
    [{ numOovIndices: 3 }, [3, 4, 5, 6, 1, 1, 1]],
    [{ numOovIndices: 0 }, [0, 1, 2, 3, -1, -1, -1]],
    [{ maskToken: 7 }, [2, 3, 4, 5, 0, 1, 1]],
    [{ vocabulary: [-1, ...vocabulary] }, [1, 2, 3, 4, 0, 0, 0]],
  ])('%o', async (options, expected) => {
    const layer = layers.integerLookup({ vocabulary, ...options });
    expect(await layer.apply(integers([12, 36, 1138, 42, 7, 13, -5])).array()).toEqual(expected);
  });

  test('finds the place of large integers that it does not know', async () => {
    const values = [2 ** 31 - 1, -(2 ** 31), 1_000_000_007];
    const layer = layers.integerLookup({ vocabulary, numOovIndices: 7 });
    const expected = values.map((value) => ((value % 7) + 7) % 7);
    expect(await layer.apply(integers(values)).array()).toEqual(expected);
  });

  test('weighs counts', async () => {
    const layer = layers.integerLookup({ vocabulary, outputMode: 'tf_idf', idfWeights: [0.25, 0.75, 0.6, 0.4] });
    const output = await layer
      .apply(
        integers([
          [12, 1138, 42, 42],
          [42, 7, 36, 7],
        ]),
      )
      .data();
    const expected = [0, 0.25, 0, 0.6, 0.8, 1, 0, 0.75, 0, 0.4];
    expected.forEach((value, i) => {
      expect(output[i]).toBeCloseTo(value, 6);
    });
  });

  test('keeps its weights in files as Keras does, beside none that count as weights', async () => {
    const make = (idfWeights: readonly number[]): Model => {
      const x = input({ shape: [3], dtype: 'int32' });
      const options = { vocabulary, idfWeights, outputMode: 'tf_idf', maxTokens: 7, padToMaxTokens: true } as const;
      return model({ inputs: x, outputs: layers.integerLookup(options).apply(x) });
    };
    const [saved, other] = [make([1, 2, 3, 4]), make([5, 6, 7, 8])];
    expect(saved.weights).toEqual([]);
    const { files } = await saved.saveWeights('memory', { format: 'weights.h5' });
    await other.loadWeights(files);
    const batch = integers([[12, 42, 7]]);
    const expected = [[2.5, 1, 0, 0, 4, 0, 0]];
    expect(await (await other.predict(batch)).array()).toEqual(expected);
    const whole = await saved.save('memory', { format: 'keras' });
    expect(await (await (await loadModel(whole.files)).predict(batch)).array()).toEqual(expected);
  });

  test('goes back from indices to integers', async () => {
    const layer = layers.integerLookup({ vocabulary, invert: true });
    expect(
      await layer
        .apply(
          integers([
            [1, 3, 4],
            [4, 0, 9],
          ]),
        )
        .array(),
    ).toEqual([
      [12, 1138, 42],
      [42, -1, -1],
    ]);
  });

  test('refuses a vocabulary that is none', () => {
    for (const wrong of [[], [1, 1], [1.5], 'words'])
      expect(() => layers.integerLookup({ vocabulary: wrong as never })).toThrow(ArgumentError);
    expect(() => layers.integerLookup({ vocabulary, outputMode: 'tf_idf' })).toThrow(ArgumentError);
  });
});

test('Discretization finds the range of each number; a boundary belongs to what follows', async () => {
  const x = tensor([
    [-1, 0, 0.5],
    [1, 1.5, 5],
  ]);
  const binBoundaries = [0, 1, 2];
  expect(await layers.discretization({ binBoundaries }).apply(x).array()).toEqual([
    [0, 1, 1],
    [2, 2, 3],
  ]);
  expect(await layers.discretization({ binBoundaries, outputMode: 'multi_hot' }).apply(x).array()).toEqual([
    [1, 1, 0, 0],
    [0, 0, 1, 1],
  ]);
  expect(() => layers.discretization({ binBoundaries: [1, 0] })).toThrow(ArgumentError);
  expect(() => layers.discretization({})).toThrow(ArgumentError);
  expect(() => layers.discretization({ numBins: 3 }).apply(x)).toThrow(ArgumentError);
});

describe('CategoryEncoding', () => {
  test.each([
    [
      'one_hot',
      [
        [3, 4],
        [3, 4],
        [3, 2, 4],
        [3, 2, 5, 4],
      ],
    ],
    ['multi_hot', [[4], [3, 4], [3, 4], [3, 5, 4]]],
    ['count', [[4], [3, 4], [3, 4], [3, 5, 4]]],
  ] as const)('%s has the shapes of Keras', (outputMode, expected) => {
    const layer = layers.categoryEncoding({ numTokens: 4, outputMode });
    const shapes = [[3], [3, 1], [3, 2], [3, 2, 5]];
    const zeros = shapes.map((shape) => tensor(new Int32Array(shape.reduce((a, b) => a * b)), { shape }));
    expect(zeros.map((x) => layer.apply(x).shape)).toEqual(expected);
  });

  test('counts what indices weigh', async () => {
    const inputs = [
      integers([
        [3, 3, 1],
        [0, 0, 2],
      ]),
      tensor([
        [1, 2, 3],
        [4, 5, 6],
      ]),
    ];
    const layer = layers.categoryEncoding({ numTokens: 4, outputMode: 'count' });
    expect(await (layer.applyAll(inputs)[0] as Tensor).array()).toEqual([
      [0, 3, 0, 3],
      [9, 0, 6, 0],
    ]);
    expect(() => layers.categoryEncoding({ numTokens: 4 }).applyAll(inputs)).toThrow(ArgumentError);
  });
});
