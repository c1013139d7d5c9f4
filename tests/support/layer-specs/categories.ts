import fc from 'fast-check';
import { shapes } from '../arbitraries.js';
import { type LayerDraw, type LayerSpec, one, options, size } from './draws.js';

const vectors = ['one_hot', 'multi_hot', 'count'] as const;
const indices = shapes({ minRank: 2, maxRank: 3 });

export const categorySpecs = {
  CategoryEncoding: {
    draws: fc.oneof(
      fc
        .tuple(indices, options({ outputMode: fc.constantFrom(...vectors) }, { numTokens: size(4) }))
        .map(([shape, config]): LayerDraw => ({ config, inputs: [shape], kinds: { 0: { below: 5 } } })),
      fc.tuple(indices, size(4)).map(
        ([shape, numTokens]): LayerDraw => ({
          config: { numTokens, outputMode: 'count' },
          inputs: [shape, shape],
          kinds: { 0: { below: numTokens } },
          call: { inputNames: ['inputs', 'countWeights'] },
        }),
      ),
    ),
  },
  Discretization: {
    draws: one(
      indices,
      options(
        { outputMode: fc.constantFrom('int', ...vectors), epsilon: fc.constant(0.1) },
        { binBoundaries: fc.constantFrom([0], [-0.5, 0.25, 1]) },
      ),
    ),
  },
  IntegerLookup: {
    draws: fc
      .tuple(
        indices,
        fc.oneof(
          options(
            {
              numOovIndices: fc.constantFrom(1, 2, 3),
              maskToken: fc.constantFrom(null, 0),
              outputMode: fc.constantFrom('int', ...vectors),
            },
            { vocabulary: fc.constantFrom([5, 2, 3], [1]) },
          ),
          options({ invert: fc.constant(true) }, { vocabulary: fc.constant([5, 2]) }),
          options(
            { maxTokens: fc.constant(6), padToMaxTokens: fc.boolean() },
            { outputMode: fc.constant('tf_idf'), vocabulary: fc.constant([5, 2]), idfWeights: fc.constant([0.5, 2]) },
          ).filter(({ maxTokens, padToMaxTokens }) => maxTokens !== undefined || padToMaxTokens !== true),
        ),
      )
      .map(([shape, config]): LayerDraw => ({ config, inputs: [shape], kinds: { 0: { below: 7 } } })),
  },
} satisfies Readonly<Record<string, LayerSpec>>;
