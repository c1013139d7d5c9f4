import fc from 'fast-check';
import { within } from '../arbitraries.js';
import {
  constraint,
  initializer,
  type LayerDraw,
  type LayerSpec,
  type Options,
  options,
  regularizer,
  seed,
  size,
} from './draws.js';

const smooth = fc.constantFrom(null, 'tanh', 'sigmoid', 'softplus', 'softmax');

export const cellOptions: Options = {
  activation: smooth,
  useBias: fc.boolean(),
  kernelInitializer: initializer,
  recurrentInitializer: fc.constantFrom('orthogonal', 'zeros'),
  biasInitializer: initializer,
  kernelRegularizer: regularizer,
  recurrentRegularizer: regularizer,
  biasRegularizer: regularizer,
  kernelConstraint: constraint,
  dropout: fc.constantFrom(0, 0.5),
  recurrentDropout: fc.constantFrom(0, 0.25),
  seed,
};
const gruOptions: Options = { ...cellOptions, recurrentActivation: smooth, resetAfter: fc.boolean() };
const lstmOptions: Options = { ...cellOptions, recurrentActivation: smooth, unitForgetBias: fc.boolean() };

const runOptions: Options = {
  returnSequences: fc.boolean(),
  returnState: fc.boolean(),
  goBackwards: fc.boolean(),
  unroll: fc.boolean(),
  zeroOutputForMask: fc.boolean(),
};

/** Weights of cells inside a layer. */
export const cellWeights = ({ useBias = true }: LayerDraw['config']): readonly string[] => [
  ...['kernel', 'recurrent_kernel'],
  ...(useBias ? ['bias'] : []),
];

/** A step: the input, then the states. */
const step = (own: Options, states: number): fc.Arbitrary<LayerDraw> =>
  fc.tuple(size(2), size(3), size(2), options(own)).map(([batch, features, units, config]) => ({
    config: { ...config, units },
    inputs: [[batch, features], ...Array.from({ length: states }, () => [batch, units])],
  }));

/** Sequences alone, with a mask, or with the states to begin with. */
export const sequences = (
  config: fc.Arbitrary<LayerDraw['config']>,
  stateSizes: (config: LayerDraw['config']) => readonly number[],
): fc.Arbitrary<LayerDraw> =>
  fc
    .tuple(size(2), size(3), size(2), config, fc.constantFrom('alone', 'mask', 'states'))
    .map(([batch, steps, features, drawn, more]): LayerDraw => {
      const shape = [batch, steps, features];
      if (more === 'alone') return { config: drawn, inputs: [shape] };
      if (more === 'states') {
        return { config: drawn, inputs: [shape, ...stateSizes(drawn).map((units) => [batch, units])] };
      }
      return {
        config: drawn,
        inputs: [shape, [batch, steps]],
        kinds: { 1: 'mask' },
        call: { inputNames: ['sequences', 'mask'] },
      };
    });

const run = (own: Options, states: number): fc.Arbitrary<LayerDraw> =>
  sequences(options({ ...own, ...runOptions }, { units: size(2) }), ({ units }) =>
    Array.from({ length: states }, () => units as number),
  );

const someCell = fc.oneof(
  options({ resetAfter: fc.boolean() }, { units: size(2) }).map((config) => ({ className: 'GRUCell', config })),
  options({ unitForgetBias: fc.boolean() }, { units: size(2) }).map((config) => ({ className: 'LSTMCell', config })),
);

type CellDraw = { readonly className: string; readonly config: LayerDraw['config'] };

const sizesOf = ({ className, config }: CellDraw): readonly number[] =>
  Array.from({ length: className === 'LSTMCell' ? 2 : 1 }, () => config.units as number);
const cellsOf = (cells: readonly CellDraw[]): readonly string[] => cells.flatMap(({ config }) => cellWeights(config));

/** Short films of few pixels. */
const films = (space: number): fc.Arbitrary<LayerDraw> =>
  fc
    .tuple(
      size(2),
      size(2),
      options(
        {
          returnSequences: fc.boolean(),
          returnState: fc.boolean(),
          goBackwards: fc.boolean(),
          useBias: fc.boolean(),
          unitForgetBias: fc.boolean(),
          recurrentActivation: smooth,
          dropout: fc.constantFrom(0, 0.5),
          recurrentDropout: fc.constantFrom(0, 0.25),
          seed,
        },
        {
          filters: space === 1 ? size(2) : fc.constant(1),
          kernelSize: size(2),
          padding: fc.constantFrom('valid', 'same'),
          strides: fc.constantFrom(1, 2),
        },
      ),
    )
    .map(([steps, channels, config]) => ({
      config,
      inputs: [[1, steps, ...Array.from({ length: space }, (_, i) => (i === 0 && space < 3 ? 3 : 2)), channels]],
    }));

export const recurrentSpecs = {
  ConvLSTM1D: { domain: within(1), share: 0.2, draws: films(1), trainable: cellWeights },
  ConvLSTM2D: { domain: within(1), share: 0.2, draws: films(2), trainable: cellWeights },
  ConvLSTM3D: { domain: within(1), share: 0.2, draws: films(3), trainable: cellWeights },
  GRU: { domain: within(1), share: 0.4, draws: run(gruOptions, 1), trainable: cellWeights },
  GRUCell: { domain: within(1), share: 0.4, draws: step(gruOptions, 1), trainable: cellWeights },
  LSTM: { domain: within(1), share: 0.4, draws: run(lstmOptions, 2), trainable: cellWeights },
  LSTMCell: { domain: within(1), share: 0.4, draws: step(lstmOptions, 2), trainable: cellWeights },
  RNN: {
    domain: within(1),
    share: 0.4,
    draws: sequences(options(runOptions, { cell: someCell }), ({ cell }) => sizesOf(cell as CellDraw)),
    trainable: ({ cell }) => cellsOf([cell as CellDraw]),
  },
  SimpleRNN: { domain: within(1), share: 0.4, draws: run(cellOptions, 1), trainable: cellWeights },
  SimpleRNNCell: { domain: within(1), draws: step(cellOptions, 1), trainable: cellWeights },
  StackedRNNCells: {
    domain: within(1),
    share: 0.4,
    draws: fc
      .tuple(size(2), size(3), fc.array(someCell, { minLength: 1, maxLength: 2 }))
      .map(([batch, features, cells]) => ({
        config: { cells },
        inputs: [[batch, features], ...cells.flatMap(sizesOf).map((units) => [batch, units])],
      })),
    trainable: ({ cells }) => cellsOf(cells as readonly CellDraw[]),
  },
} satisfies Readonly<Record<string, LayerSpec>>;
