import fc from 'fast-check';
import type { Shape } from 'mapache/tensor';
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

const rate = fc.constantFrom(0, 0.25);

const headOptions: Options = {
  dropout: rate,
  useBias: fc.boolean(),
  useGate: fc.boolean(),
  slidingWindow: fc.constantFrom(null, 1, 2),
  kernelInitializer: initializer,
  biasInitializer: initializer,
  kernelRegularizer: regularizer,
  biasRegularizer: regularizer,
  activityRegularizer: regularizer,
  kernelConstraint: constraint,
  seed,
};

const headWeights = ({ useBias = true, useGate = false }: LayerDraw['config']): readonly string[] =>
  ['query', 'key', ...(useGate ? ['gate'] : []), 'value', 'output'].flatMap(() => [
    'kernel',
    ...(useBias ? ['bias'] : []),
  ]);

/** Query and value, maybe a key, maybe a mask. */
const heads = (config: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<LayerDraw> =>
  fc
    .record({
      sizes: fc.tuple(size(2), size(2), size(2), size(2)),
      config,
      key: fc.boolean(),
      mask: fc.constantFrom(null, 'attentionMask', 'valueMask', 'queryMask'),
      useCausalMask: fc.boolean(),
      returnAttentionScores: fc.boolean(),
    })
    .map(({ sizes: [batch, queries, values, features], config: drawn, key, mask, ...given }): LayerDraw => {
      const pairs = {
        attentionMask: [batch, queries, values],
        valueMask: [batch, values],
        queryMask: [batch, queries],
      };
      const inputs: Shape[] = [[batch, queries, features], [batch, values, 2], ...(key ? [[batch, values, 1]] : [])];
      const inputNames = ['query', 'value', 'key'].slice(0, inputs.length);
      return mask === null
        ? { config: drawn, inputs, call: { inputNames, options: given } }
        : {
            config: drawn,
            inputs: [...inputs, pairs[mask]],
            kinds: { [inputs.length]: 'mask' },
            call: { inputNames: [...inputNames, mask], options: given },
          };
    });

/** Attention along some axes of pictures. */
const alongAxes: fc.Arbitrary<LayerDraw> = fc
  .record({
    config: options(
      {
        attentionAxes: fc.constantFrom(null, 1, [2], [-2], [1, 2]),
        dropout: rate,
        outputShape: fc.constantFrom(null, 2),
      },
      { numHeads: size(2), keyDim: size(2) },
    ),
    returnAttentionScores: fc.boolean(),
  })
  .map(({ config, ...given }) => ({
    config,
    inputs: [
      [1, 2, 2, 2],
      [1, 2, 2, 1],
    ],
    call: { options: given },
  }));

/** A list of query and value, maybe a key, maybe the masks of both. */
const lists = (config: fc.Arbitrary<Record<string, unknown>>): fc.Arbitrary<LayerDraw> =>
  fc
    .record({
      sizes: fc.tuple(size(2), size(3), size(3), size(2)),
      config,
      key: fc.boolean(),
      masked: fc.boolean(),
      useCausalMask: fc.boolean(),
      returnAttentionScores: fc.boolean(),
    })
    .map(({ sizes: [batch, queries, values, features], config: drawn, key, masked, ...given }): LayerDraw => {
      const list: Shape[] = [
        [batch, queries, features],
        [batch, values, features],
        ...(key ? [[batch, values, features]] : []),
      ];
      if (!masked) return { config: drawn, inputs: list, call: { options: given } };
      const masks: Shape[] = [
        [batch, queries],
        [batch, values],
      ];
      return {
        config: drawn,
        inputs: [...list, ...masks],
        kinds: { [list.length]: 'mask', [list.length + 1]: 'mask' },
        call: { inputNames: [...list.map(() => 'inputs'), 'mask', 'mask'], options: given },
      };
    });

export const attentionSpecs = {
  AdditiveAttention: {
    domain: within(1),
    share: 0.4,
    draws: lists(options({ useScale: fc.boolean(), dropout: rate, seed })),
    trainable: ({ useScale = true }) => (useScale ? ['scale'] : []),
  },
  Attention: {
    domain: within(1),
    share: 0.4,
    draws: lists(options({ useScale: fc.boolean(), scoreMode: fc.constantFrom('dot', 'concat'), dropout: rate, seed })),
    trainable: ({ useScale = false, scoreMode = 'dot' }) => [
      ...(useScale ? ['scale'] : []),
      ...(scoreMode === 'concat' ? ['concat_score_weight'] : []),
    ],
  },
  GroupQueryAttention: {
    domain: within(1),
    share: 0.2,
    draws: heads(
      options(headOptions, { headDim: size(2), groups: size(2), share: size(2) }).map(({ groups, share, ...rest }) => ({
        ...rest,
        numQueryHeads: (groups as number) * (share as number),
        numKeyValueHeads: groups,
      })),
    ),
    trainable: headWeights,
  },
  MultiHeadAttention: {
    domain: within(1),
    share: 0.4,
    draws: fc.oneof(
      heads(
        options(
          { ...headOptions, valueDim: fc.constantFrom(null, 1), outputShape: fc.constantFrom(null, 3, [2, 1]) },
          { numHeads: size(2), keyDim: size(2) },
        ),
      ),
      alongAxes,
    ),
    trainable: headWeights,
  },
} satisfies Readonly<Record<string, LayerSpec>>;
