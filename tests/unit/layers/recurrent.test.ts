import {
  ArgumentError,
  add,
  compile,
  concat,
  div,
  type Layer,
  layerFromConfig,
  layers,
  mul,
  RNNCell,
  reshape,
  ShapeError,
  sequential,
  setRandomSeed,
  slice,
  type Tensor,
  tensor,
  zeros,
} from 'mapache';
import { beforeEach, describe, expect, test } from 'vitest';
import { relativeError } from '../../support/relative-error.js';
import { randomTensor } from '../../support/tensors.js';

beforeEach(() => setRandomSeed(1));

const kinds = ['SimpleRNN', 'LSTM', 'GRU'] as const;
const make = (kind: (typeof kinds)[number], options: object = {}): Layer =>
  layerFromConfig(kind, { units: 3, biasInitializer: 'ones', ...options });

const x = randomTensor([2, 4, 5], 1);
const steps = (from: number, to: number): Tensor => slice(x, [0, from], [2, to - from]);
const withMask = (layer: Layer, mask: readonly (readonly number[])[], input = x): readonly Tensor[] =>
  layer.applyAll([input, tensor(mask, { dtype: 'bool' })], { inputNames: ['sequences', 'mask'] });
const copyWeights = (from: Layer, to: Layer): void => {
  for (const [i, weight] of from.weights.entries()) to.weights[i]?.assign(weight.value);
};

async function expectSame(actual: readonly Tensor[], expected: readonly Tensor[]): Promise<void> {
  expect(actual.map(({ shape }) => shape)).toEqual(expected.map(({ shape }) => shape));
  for (const [i, tensor] of actual.entries()) {
    expect(relativeError(await tensor.data(), await (expected[i] as Tensor).data()), `tensor ${i}`).toBeLessThan(1e-5);
  }
}

describe.each(kinds)('%s', (kind) => {
  test('does as if steps that do not count were not there', async () => {
    const layer = make(kind, { returnState: true });
    const without = layer.applyAll([concat([steps(0, 1), steps(2, 3)], 1)]);
    await expectSame(
      withMask(layer, [
        [1, 0, 1, 0],
        [1, 0, 1, 0],
      ]),
      without,
    );
  });

  test('repeats the last output where a step does not count, or gives 0 if asked to', async () => {
    const layer = make(kind, { returnSequences: true });
    const zeroing = make(kind, { returnSequences: true, zeroOutputForMask: true });
    const [all] = layer.applyAll([x]) as [Tensor];
    zeroing.build(x.shape);
    copyWeights(layer, zeroing);
    const mask = [
      [0, 1, 0, 0],
      [1, 1, 0, 1],
    ];
    const [repeated] = withMask(layer, mask) as [Tensor];
    const [zeroed] = withMask(zeroing, mask) as [Tensor];
    const row = (t: Tensor, sample: number, step: number): Tensor => reshape(slice(t, [sample, step], [1, 1]), [3]);
    const none = zeros([3]);
    await expectSame(
      [0, 1, 2, 3].map((step) => row(repeated, 1, step)),
      [row(all, 1, 0), row(all, 1, 1), row(all, 1, 1), row(repeated, 1, 3)],
    );
    await expectSame([row(repeated, 0, 0), row(repeated, 0, 2)], [none, row(repeated, 0, 1)]);
    await expectSame([row(zeroed, 0, 0), row(zeroed, 0, 2), row(zeroed, 1, 2)], [none, none, none]);
    await expectSame([row(zeroed, 1, 3)], [row(repeated, 1, 3)]);
  });

  test('goes on from states it is given', async () => {
    const layer = make(kind, { returnState: true });
    const whole = layer.applyAll([x]);
    const [, ...states] = layer.applyAll([steps(0, 2)]);
    await expectSame(layer.applyAll([steps(2, 4), ...states]), whole);
    expect(() => layer.applyAll([x, ...states, ...states])).toThrow(ArgumentError);
  });

  test('remembers its states if it is stateful, until it is told to forget', async () => {
    const layer = make(kind, { stateful: true, returnState: true }) as ReturnType<typeof layers.rnn>;
    const plain = make(kind, { returnState: true });
    const first = layer.applyAll([steps(0, 2)]);
    plain.build(x.shape);
    copyWeights(layer, plain);
    await expectSame(first, plain.applyAll([steps(0, 2)]));
    await expectSame(layer.applyAll([steps(2, 4)]), plain.applyAll([x]));
    layer.resetState();
    await expectSame(layer.applyAll([steps(0, 2)]), plain.applyAll([steps(0, 2)]));
    expect(layer.weights).toHaveLength(3);
    expect(() => make(kind, { stateful: true }).build([null, 4, 5])).toThrow(ShapeError);
  });

  test('goes backwards, and gives outputs in the order of their making', async () => {
    const layer = make(kind, { returnSequences: true });
    const backwards = make(kind, { returnSequences: true, goBackwards: true });
    backwards.build(x.shape);
    const reversed = concat(
      [3, 2, 1, 0].map((i) => steps(i, i + 1)),
      1,
    );
    layer.build(x.shape);
    copyWeights(layer, backwards);
    await expectSame(backwards.applyAll([x]), layer.applyAll([reversed]));
  });

  test('takes sequences of any length, which it announces', async () => {
    const net = sequential([layers.inputLayer({ shape: [null, 5] }), make(kind, { returnSequences: true })]);
    expect(net.outputShapes).toEqual([[null, null, 3]]);
    expect((await net.predict(x)).shape).toEqual([2, 4, 3]);
    expect((await net.predict(steps(0, 1))).shape).toEqual([2, 1, 3]);
  });

  test('takes what files of Keras 2 hold', () => {
    const old = { units: 3, implementation: 2, timeMajor: false, unroll: false, seed: undefined };
    expect(layerFromConfig(kind, old).getConfig()).toMatchObject({ units: 3, unroll: false });
    expect(() => layerFromConfig(kind, { ...old, timeMajor: true })).toThrow(ArgumentError);
  });
});

test('dropout drops the same features at every step, in training only', async () => {
  const layer = layers.simpleRnn({ units: 50, dropout: 0.5, recurrentInitializer: 'zeros', returnSequences: true });
  const ones = tensor(new Float32Array(300).fill(1), { shape: [2, 3, 50] });
  const outputs = async (training: boolean): Promise<readonly (readonly unknown[])[]> =>
    (await layer.apply(ones, { training }).array()) as never;
  const inTraining = await outputs(true);
  for (const [first, second, third] of inTraining) {
    expect(second).toEqual(first);
    expect(third).toEqual(first);
  }
  expect(inTraining[0]).not.toEqual(inTraining[1]);
  expect(await outputs(true)).not.toEqual(inTraining);
  expect(await outputs(false)).toEqual(await outputs(false));
});

test('all inputs are multiplied with the kernel at once', () => {
  const layer = layers.lstm({ units: 3 });
  layer.build([2, 10, 5]);
  const plan = compile((input: Tensor) => layer.apply(input)).plan(randomTensor([2, 10, 5], 1));
  // The product with the first state, which is 0, is computed once for all runs.
  expect(plan.steps.filter(({ op }) => op === 'matmul')).toHaveLength(1 + 9);
});

describe('RNN', () => {
  test('runs any cell, as the layer of that cell does', async () => {
    const layer = layers.lstm({ units: 3, returnState: true });
    const rnn = layers.rnn({ cell: layers.lstmCell({ units: 3 }), returnState: true });
    const expected = layer.applyAll([x]);
    rnn.build(x.shape);
    copyWeights(layer, rnn);
    await expectSame(rnn.applyAll([x]), expected);
  });

  test('runs stacked cells as layers one behind the other', async () => {
    const cells = [layers.gruCell({ units: 3 }), layers.lstmCell({ units: 2 })];
    const stacked = layers.rnn({ cell: cells, returnState: true });
    const [gru, lstm] = [
      layers.gru({ units: 3, returnSequences: true, returnState: true }),
      layers.lstm({ units: 2, returnState: true }),
    ];
    const [sequence, state] = gru.applyAll([x]) as [Tensor, Tensor];
    const [output, ...states] = lstm.applyAll([sequence]) as [Tensor, ...Tensor[]];
    stacked.build(x.shape);
    copyWeights(gru, cells[0] as Layer);
    copyWeights(lstm, cells[1] as Layer);
    await expectSame(stacked.applyAll([x]), [output, state, ...states]);
    const again = layerFromConfig('RNN', stacked.getConfig());
    again.build(x.shape);
    expect(again.weights.map(({ shape }) => shape)).toEqual(stacked.weights.map(({ shape }) => shape));
  });

  test('runs a cell of your own that knows only call', async () => {
    class Sum extends RNNCell {
      get stateSize(): readonly number[] {
        return [5];
      }
      override call([input, total]: readonly [Tensor, Tensor]): readonly Tensor[] {
        const next = add(input, total);
        return [mul(next, 2), next];
      }
    }
    const [output, total] = layers.rnn({ cell: new Sum(), returnState: true }).applyAll([x]) as [Tensor, Tensor];
    const expected = [0, 1, 2, 3].map((i) => reshape(steps(i, i + 1), [2, 5])).reduce((sum, step) => add(sum, step));
    await expectSame([output, total], [mul(expected, 2), expected]);
  });

  test('takes only cells', () => {
    expect(() => layers.rnn({ cell: layers.dense({ units: 3 }) as never })).toThrow(ArgumentError);
    expect(() => layers.rnn({ cell: [] })).toThrow(ArgumentError);
  });
});

describe('Bidirectional', () => {
  test.each(['concat', 'sum', 'mul', 'ave', null] as const)('merges both directions by %s', async (mergeMode) => {
    const layer = layers.bidirectional({ layer: layers.gru({ units: 3, returnSequences: true }), mergeMode });
    const actual = layer.applyAll([x]);
    const [forward] = layer.forwardLayer.applyAll([x]) as [Tensor];
    const [last] = layer.backwardLayer.applyAll([x]) as [Tensor];
    const backward = concat(
      [3, 2, 1, 0].map((i) => slice(last, [0, i], [2, 1])),
      1,
    );
    const merged = {
      concat: () => [concat([forward, backward], -1)],
      sum: () => [add(forward, backward)],
      mul: () => [mul(forward, backward)],
      ave: () => [div(add(forward, backward), 2)],
      null: () => [forward, backward],
    };
    await expectSame(actual, merged[`${mergeMode}`]());
  });

  test('gives each direction its own half of the states, and 0 where a step does not count', async () => {
    const layer = layers.bidirectional({
      layer: layers.lstm({ units: 3, returnSequences: true, returnState: true }),
    });
    const states = [1, 2, 3, 4].map((seed) => randomTensor([2, 3], seed));
    const [, ...after] = layer.applyAll([x, ...states]);
    const [, ...forward] = layer.forwardLayer.applyAll([x, ...states.slice(0, 2)]);
    const [, ...backward] = layer.backwardLayer.applyAll([x, ...states.slice(2)]);
    await expectSame(after, [...forward, ...backward]);
    const [masked] = withMask(layer, [
      [1, 1, 0, 1],
      [1, 1, 0, 1],
    ]) as [Tensor];
    await expectSame([slice(masked, [0, 2], [2, 1])], [zeros([2, 1, 6])]);
  });

  test('names its layers, and comes back with both', () => {
    const layer = layers.bidirectional({
      layer: layers.gru({ units: 3, name: 'gru' }),
      backwardLayer: layers.gru({ units: 3, name: 'other', goBackwards: true, useBias: false }),
    });
    expect(
      Object.values(layer.parts)
        .flat()
        .map(({ name }: Layer) => name),
    ).toEqual(['forward_gru', 'other']);
    expect(layerFromConfig('Bidirectional', layer.getConfig()).getConfig()).toEqual(layer.getConfig());
    expect(layers.bidirectional({ layer: layers.gru({ units: 3, name: 'gru' }) }).backwardLayer.name).toBe(
      'backward_gru',
    );
  });

  test('refuses layers that do not go together', () => {
    const gru = layers.gru({ units: 3 });
    expect(() => layers.bidirectional({ layer: layers.dense({ units: 3 }) as never })).toThrow(ArgumentError);
    expect(() => layers.bidirectional({ layer: gru, backwardLayer: layers.gru({ units: 3 }) })).toThrow(ArgumentError);
    const returning = layers.gru({ units: 3, goBackwards: true, returnState: true });
    expect(() => layers.bidirectional({ layer: gru, backwardLayer: returning })).toThrow(ArgumentError);
  });
});

describe('TimeDistributed', () => {
  test('normalises each step by its own batch in training', async () => {
    const inner = layers.batchNormalization({ momentum: 0.5 });
    const layer = layers.timeDistributed({ layer: inner });
    const alone = layers.batchNormalization({ momentum: 0.5 });
    const outputs = [0, 1, 2, 3].map((i) => alone.apply(reshape(steps(i, i + 1), [2, 5]), { training: true }));
    await expectSame(
      [layer.apply(x, { training: true }), ...inner.weights.map(({ value }) => value)],
      [
        concat(
          outputs.map((y) => reshape(y, [2, 1, 5])),
          1,
        ),
        ...alone.weights.map(({ value }) => value),
      ],
    );
  });

  test('wraps whole models', async () => {
    const inner = sequential([layers.inputLayer({ shape: [5] }), layers.dense({ units: 3 })]);
    const layer = layers.timeDistributed({ layer: inner });
    await expectSame([layer.apply(x)], [(inner.layers[0] as Layer).apply(x)]);
    expect(layerFromConfig('TimeDistributed', layer.getConfig()).getConfig()).toEqual(layer.getConfig());
  });
});
