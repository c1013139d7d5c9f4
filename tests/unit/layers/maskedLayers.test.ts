import { input, type Layer, layers, model } from 'mapache/layers';
import { concat, mean, mul, reshape, slice, type Tensor, tensor } from 'mapache/tensor';
import { describe, expect, test } from 'vitest';
import { relativeError } from '../../support/relative-error.js';
import { randomTensor } from '../../support/tensors.js';

const bool = (values: readonly unknown[]): Tensor => tensor(values as never, { dtype: 'bool' });

/** What a layer gives for inputs with masks, and the mask of that. */
function masked(
  layer: Layer,
  inputs: readonly Tensor[],
  masks: readonly (Tensor | null)[],
  training = false,
): { readonly output: Tensor; readonly mask: Tensor | null } {
  layer.build(...inputs.map(({ shape }) => shape));
  const { outputs, masks: after } = layer.run(inputs, { training, masks });
  return { output: outputs[0] as Tensor, mask: after[0] ?? null };
}

async function expectClose(actual: Tensor, expected: Tensor): Promise<void> {
  expect(actual.shape).toEqual(expected.shape);
  expect(relativeError(await actual.data(), await expected.data())).toBeLessThan(1e-5);
}

// Values of Keras 3.15.1.
describe.each([
  ['add', [9, 4, 9, 14], [9, 4, 9, 14]],
  ['subtract', [-5, 2, 1, 2], [-5, 2, 1, 2]],
  ['average', [4.5, 2, 4.5, 7], [4.5, 2, 4.5, 7]],
  ['multiply', [14, 1, 0, 8], [14, 1, 4, 48]],
  ['maximum', [7, 1, 5, 8], [7, 1, 4, 8]],
  ['minimum', [2, 1, 5, 8], [2, 1, 4, 6]],
] as const)('%s of sequences', (name, both, half) => {
  const [a, b] = [tensor([[[2], [3], [5], [8]]]), tensor([[[7], [1], [4], [6]]])];
  const [first, second] = [bool([[1, 0, 0, 1]]), bool([[1, 1, 0, 0]])];

  test('with a mask each', async () => {
    const { output, mask } = masked(layers[name](), [a, b], [first, second]);
    expect(Array.from(await output.data())).toEqual(both);
    expect(await mask?.array()).toEqual([[1, 1, 0, 1]]);
  });

  test('of which one has a mask', async () => {
    const { output, mask } = masked(layers[name](), [a, b], [first, null]);
    expect(Array.from(await output.data())).toEqual(half);
    expect(mask).toBeNull();
  });
});

test.each([
  [-1, [[1, 1, 0]], [[1, 1, 1]]],
  [1, [[1, 0, 0, 1, 1, 0]], [[1, 0, 0, 1, 1, 1]]],
] as const)('concatenate along axis %i joins masks', async (axis, both, half) => {
  const [a, b] = [randomTensor([1, 3, 2], 1), randomTensor([1, 3, 2], 2)];
  const [first, second] = [bool([[1, 0, 0]]), bool([[1, 1, 0]])];
  const joined = async (masks: readonly (Tensor | null)[]): Promise<unknown> =>
    masked(layers.concatenate({ axis }), [a, b], masks).mask?.array();
  expect(await joined([first, second])).toEqual(both);
  expect(await joined([first, null])).toEqual(half);
  expect(await joined([null, null])).toBeUndefined();
});

describe('layers that heed a mask', () => {
  const x = randomTensor([2, 3, 4], 3);
  const mask = bool([
    [1, 1, 0],
    [1, 0, 0],
  ]);
  const step = (sample: number, i: number): Tensor => reshape(slice(x, [sample, i], [1, 1]), [1, 4]);
  const counted = concat([step(0, 0), step(0, 1), step(1, 0)], 0);

  test('GlobalAveragePooling1D means what counts', async () => {
    const { output, mask: after } = masked(layers.globalAveragePooling1d(), [x], [mask]);
    const first = mean(concat([step(0, 0), step(0, 1)], 0), { axes: 0, keepDims: true });
    await expectClose(output, concat([first, step(1, 0)], 0));
    expect(after).toBeNull();
  });

  test('BatchNormalization takes the statistics of what counts', async () => {
    const [layer, plain] = [layers.batchNormalization({ momentum: 0.5 }), layers.batchNormalization({ momentum: 0.5 })];
    const { output } = masked(layer, [x], [mask], true);
    const expected = plain.apply(counted, { training: true });
    await expectClose(
      concat([slice(output, [0, 0], [1, 1]), slice(output, [1, 0], [1, 1])], 1),
      reshape(concat([slice(expected, [0], [1]), slice(expected, [2], [1])], 0), [1, 2, 4]),
    );
    for (const [i, { value }] of layer.weights.entries()) await expectClose(value, plain.weights[i]?.value as Tensor);
  });

  test('Softmax leaves out what does not count, and gives 0 where nothing does', async () => {
    const scores = tensor([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    const { output } = masked(
      layers.softmax(),
      [scores],
      [
        bool([
          [1, 0, 1],
          [0, 0, 0],
        ]),
      ],
    );
    const [e1, e3] = [Math.exp(1), Math.exp(3)];
    await expectClose(
      output,
      tensor([
        [e1 / (e1 + e3), 0, e3 / (e1 + e3)],
        [0, 0, 0],
      ]),
    );
  });
});

describe('layers that make a mask', () => {
  test('Embedding marks 0, so that padding changes nothing', async () => {
    const net = (steps: number, embedding: Layer, lstm: Layer) => {
      const start = input({ shape: [steps], dtype: 'int32' });
      return model({ inputs: start, outputs: lstm.apply(layers.dropout({ rate: 0.5 }).apply(embedding.apply(start))) });
    };
    const [embedding, lstm] = [
      layers.embedding({ inputDim: 9, outputDim: 4, maskZero: true }),
      layers.lstm({ units: 3 }),
    ];
    const short = net(3, embedding, lstm);
    const padded = net(5, embedding, lstm);
    const ids = (values: readonly number[]): Tensor => tensor(Int32Array.from(values), { shape: [1, values.length] });
    await expectClose(await padded.predict(ids([0, 5, 2, 0, 8])), await short.predict(ids([5, 2, 8])));
    // Arrays of plain numbers are floats.
    await expectClose(embedding.apply(tensor([[5, 2]])), embedding.apply(ids([5, 2])));
    expect(layers.embedding({ inputDim: 9, outputDim: 4 }).supportsMasking).toBe(false);
  });

  test('Masking marks steps that are all one value, and makes them 0', async () => {
    const x = tensor([
      [
        [1, 2],
        [7, 7],
        [7, 0],
      ],
    ]);
    const { output, mask } = masked(layers.masking({ maskValue: 7 }), [x], [null]);
    expect(await mask?.array()).toEqual([[1, 0, 1]]);
    expect(await output.array()).toEqual([
      [
        [1, 2],
        [0, 0],
        [7, 0],
      ],
    ]);
  });
});

describe('attention', () => {
  const [query, value] = [randomTensor([1, 3, 4], 4), randomTensor([1, 3, 4], 5)];
  const first = (t: Tensor, count: number): Tensor => slice(t, [0, 0], [1, count]);
  const makers = {
    multiHeadAttention: () => layers.multiHeadAttention({ numHeads: 2, keyDim: 3 }),
    groupQueryAttention: () => layers.groupQueryAttention({ headDim: 3, numQueryHeads: 4, numKeyValueHeads: 2 }),
    attention: () => layers.attention(),
    additiveAttention: () => layers.additiveAttention(),
  };
  type Options = Record<string, boolean>;
  const attend = (layer: Layer, values: Tensor, valueMask: Tensor | null, options: Options = {}): Tensor => {
    layer.build(query.shape, values.shape);
    return layer.run([query, values], { training: false, masks: [null, valueMask], options }).outputs[0] as Tensor;
  };

  describe.each(Object.entries(makers))('%s', (_, make) => {
    test('does as if values that do not count were not there', async () => {
      const layer = make();
      await expectClose(attend(layer, value, bool([[1, 1, 0]])), attend(layer, first(value, 2), null));
    });

    test('sees nothing that comes after the query if it is causal', async () => {
      const layer = make();
      const causal = attend(layer, value, null, { useCausalMask: true });
      const each = [1, 2, 3].map((count) => slice(attend(layer, first(value, count), null), [0, count - 1], [1, 1]));
      await expectClose(causal, concat(each, 1));
    });

    test('gives its scores, which sum to 1', async () => {
      const layer = make();
      const [, scores] = layer.applyAll([query, value], { options: { returnAttentionScores: true } }) as [
        Tensor,
        Tensor,
      ];
      for (const total of await mul(mean(scores, { axes: -1 }), 3).data()) expect(total).toBeCloseTo(1, 5);
    });

    test('passes the mask of the query on', async () => {
      const { mask } = masked(make(), [query, value], [bool([[1, 1, 0]]), null]);
      expect(await mask?.array()).toEqual([[1, 1, 0]]);
    });
  });

  test('a window is as wide as it says, to both sides', async () => {
    const layer = layers.multiHeadAttention({ numHeads: 1, keyDim: 2, slidingWindow: 2 });
    const [, scores] = layer.applyAll([query, value], { options: { returnAttentionScores: true } }) as [Tensor, Tensor];
    const seen = (await scores.array()) as number[][][][];
    expect(seen[0]?.[0]?.map((row) => row.map((score) => Number(score > 0)))).toEqual([
      [1, 1, 0],
      [1, 1, 1],
      [0, 1, 1],
    ]);
  });

  test('a mask given as an argument comes on top of the others', async () => {
    const layer = layers.multiHeadAttention({ numHeads: 2, keyDim: 3 });
    const given = bool([
      [
        [1, 1, 0],
        [1, 1, 0],
        [1, 1, 0],
      ],
    ]);
    const inputNames = ['query', 'value', 'attentionMask'];
    const [output] = layer.applyAll([query, value, given], { inputNames }) as [Tensor];
    await expectClose(output, attend(layer, first(value, 2), null));
  });
});
