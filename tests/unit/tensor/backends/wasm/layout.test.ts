import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WasmBackend } from '../../../../../src/tensor/backends/wasm/backend.js';
import type { PrimitiveName, PrimitiveParams } from '../../../../../src/tensor/ops/primitives.js';
import type { Shape } from '../../../../../src/tensor/shape.js';
import { permutations, shapes } from '../../../../support/arbitraries.js';
import {
  expectSameNumbers,
  indices,
  type Operand,
  randomOperand,
  runPrimitive,
  runReference,
} from './run-primitive.js';

const wasm = new WasmBackend({ threads: 2 });
const dtypes = ['float32', 'float64', 'int32', 'uint8', 'bool'] as const;

async function expectSame<K extends PrimitiveName>(name: K, params: PrimitiveParams[K], inputs: readonly Operand[]) {
  expectSameNumbers(await runPrimitive(wasm, name, params, inputs), await runReference(name, params, inputs));
}

/** The same shape with another length along one axis. */
function withLength(shape: Shape, axis: number, length: number): Shape {
  return shape.map((size, i) => (i === axis ? length : size));
}

const anyShape = shapes({ maxRank: 6, extent: 4, minExtent: 0 });
const numRuns = 60;

describe.each(dtypes)('moving %s in WebAssembly', (dtype) => {
  it('transposes in any order of axes', async () => {
    const draws = anyShape.chain((shape) => fc.tuple(fc.constant(shape), permutations(shape.length)));
    await fc.assert(
      fc.asyncProperty(draws, ([shape, permutation]) =>
        expectSame('transpose', { permutation }, [randomOperand(shape, dtype)]),
      ),
      { numRuns },
    );
  });

  it('transposes planes that no block divides', async () => {
    await expectSame('transpose', { permutation: [1, 0] }, [randomOperand([131, 67], dtype)]);
    await expectSame('transpose', { permutation: [0, 2, 1] }, [randomOperand([5, 3, 1001], dtype)]);
    await expectSame('transpose', { permutation: [0, 3, 1, 2] }, [randomOperand([3, 9, 11, 70], dtype)]);
    await expectSame('transpose', { permutation: [2, 1, 0, 3] }, [randomOperand([9, 2, 11, 70], dtype)]);
  });

  it('pads on every side', async () => {
    const counts = fc.tuple(fc.nat(2), fc.nat(2));
    const draws = anyShape.chain((shape) =>
      fc.tuple(fc.constant(shape), fc.array(counts, { minLength: shape.length, maxLength: shape.length })),
    );
    await fc.assert(
      fc.asyncProperty(draws, fc.integer({ min: 0, max: 1 }), ([shape, padding], value) =>
        expectSame('pad', { padding, value }, [randomOperand(shape, dtype)]),
      ),
      { numRuns },
    );
  });

  it('cuts blocks out', async () => {
    const stretch = (size: number) =>
      fc.tuple(fc.nat(size), fc.nat(size)).map(([a, b]) => [Math.min(a, b), Math.abs(a - b)] as const);
    const draws = anyShape.chain((shape) => fc.tuple(fc.constant(shape), fc.tuple(...shape.map(stretch))));
    await fc.assert(
      fc.asyncProperty(draws, ([shape, stretches]) => {
        const begin = stretches.map(([start]) => start);
        return expectSame('slice', { begin, size: stretches.map(([, size]) => size) }, [randomOperand(shape, dtype)]);
      }),
      { numRuns },
    );
  });

  it('joins arrays along any axis', async () => {
    const draws = shapes({ minRank: 1, maxRank: 6, extent: 4, minExtent: 0 }).chain((shape) =>
      fc.tuple(fc.constant(shape), fc.nat(shape.length - 1), fc.array(fc.nat(4), { minLength: 1, maxLength: 4 })),
    );
    await fc.assert(
      fc.asyncProperty(draws, ([shape, axis, widths]) =>
        expectSame(
          'concat',
          { axis },
          widths.map((width, i) => randomOperand(withLength(shape, axis, width), dtype, i)),
        ),
      ),
      { numRuns },
    );
  });

  it('repeats what is broadcast', async () => {
    const draws = anyShape.chain((shape) =>
      fc.tuple(fc.constant(shape), fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length })),
    );
    await fc.assert(
      fc.asyncProperty(draws, ([shape, ones]) => {
        const from = shape.map((size, axis) => (ones[axis] ? 1 : size));
        return expectSame('broadcastTo', { shape }, [randomOperand(from, dtype)]);
      }),
      { numRuns },
    );
  });

  it('gathers rows, also those that do not exist', async () => {
    const draws = shapes({ minRank: 1, maxRank: 4, extent: 4 }).chain((shape) =>
      fc.tuple(fc.constant(shape), fc.nat(shape.length - 1), fc.array(fc.integer({ min: -2, max: 5 }))),
    );
    await fc.assert(
      fc.asyncProperty(draws, ([shape, axis, picked]) =>
        expectSame('gather', { axis }, [randomOperand(shape, dtype), indices([picked.length], picked)]),
      ),
      { numRuns },
    );
  });

  it('sets one element of each row', async () => {
    const draws = fc.tuple(fc.array(fc.integer({ min: -2, max: 9 })), fc.integer({ min: 1, max: 8 }));
    await fc.assert(
      fc.asyncProperty(draws, ([hot, depth]) => expectSame('oneHot', { depth, dtype }, [indices([hot.length], hot)])),
      { numRuns },
    );
  });
});

describe.each(['float32', 'float64', 'int32', 'uint8'] as const)('adding up %s in WebAssembly', (dtype) => {
  it('adds rows where they belong and leaves out those that belong nowhere', async () => {
    const draws = shapes({ minRank: 1, maxRank: 4, extent: 5 }).chain((shape) =>
      fc.tuple(fc.constant(shape), fc.nat(shape.length - 1), fc.array(fc.integer({ min: -2, max: 6 }))),
    );
    await fc.assert(
      fc.asyncProperty(draws, ([shape, axis, places]) =>
        expectSame('scatterAdd', { axis, size: shape[axis] as number }, [
          randomOperand(withLength(shape, axis, places.length), dtype),
          indices([places.length], places),
        ]),
      ),
      { numRuns },
    );
  });

  it('adds many rows to few as accurately as the reference', async () => {
    const places = Array.from({ length: 3001 }, (_, i) => i % 7);
    await expectSame('scatterAdd', { axis: 0, size: 7 }, [randomOperand([3001, 37], dtype), indices([3001], places)]);
    await expectSame('scatterAdd', { axis: 0, size: 3 }, [
      randomOperand([5, 140_001], dtype),
      indices([5], [0, 2, 0, 9, 2]),
    ]);
  });
});

describe('random numbers in WebAssembly', () => {
  const draws = fc.record({
    shape: fc.oneof(anyShape, fc.constant([3, 4099])),
    seed: fc.integer(),
    stream: fc.integer(),
    dtype: fc.constantFrom('float32' as const, 'float64' as const),
  });

  it('are uniform, bit for bit those of the reference', async () => {
    await fc.assert(
      fc.asyncProperty(draws, fc.integer(), (params, step) =>
        expectSame('randomUniform', params, [indices([], [step])]),
      ),
      { numRuns },
    );
  });

  it('are normal, within the last digit of those of the reference', async () => {
    await fc.assert(
      fc.asyncProperty(draws, fc.integer(), async (params, step) => {
        const actual = await runPrimitive(wasm, 'randomNormal', params, [indices([], [step])]);
        const expected = await runReference('randomNormal', params, [indices([], [step])]);
        const digit = params.dtype === 'float32' ? 2 ** -23 : 2 ** -48;
        expect(actual).toHaveLength(expected.length);
        for (const [i, value] of expected.entries()) {
          if (Math.abs((actual[i] as number) - value) > digit * Math.max(Math.abs(value), 1e-3))
            expect(actual[i]).toBe(value);
        }
      }),
      { numRuns },
    );
  });
});

describe('resizing in WebAssembly', () => {
  const grids = [
    { alignCorners: false, halfPixelCenters: true },
    { alignCorners: false, halfPixelCenters: false },
    { alignCorners: true, halfPixelCenters: false },
  ] as const;
  const extent = fc.integer({ min: 1, max: 9 });
  const draws = fc.record({
    batch: fc.integer({ min: 0, max: 2 }),
    inputSize: fc.tuple(extent, extent),
    size: fc.tuple(extent, extent),
    channels: fc.integer({ min: 0, max: 9 }),
    grid: fc.constantFrom(...grids),
  });

  it.each(dtypes)('copies the pixels that the reference copies: %s', async (dtype) => {
    await fc.assert(
      fc.asyncProperty(draws, ({ batch, inputSize, size, channels, grid }) =>
        expectSame('resizeNearest', { ...grid, size }, [randomOperand([batch, ...inputSize, channels], dtype)]),
      ),
      { numRuns },
    );
  });

  it.each(['resizeBilinear', 'resizeBilinearGradient', 'resizeNearestGradient'] as const)(
    'weighs pixels as the reference does in double precision: %s',
    async (name) => {
      await fc.assert(
        fc.asyncProperty(draws, async ({ batch, inputSize, size, channels, grid }) => {
          const from = name === 'resizeBilinear' ? inputSize : size;
          const inputs = [randomOperand([batch, ...from, channels], 'float64')];
          const params = { ...grid, size, inputSize };
          const actual = await runPrimitive(wasm, name, params, inputs);
          const expected = await runReference(name, params, inputs);
          expect(actual).toHaveLength(expected.length);
          for (const [i, value] of expected.entries()) expect(actual[i]).toBeCloseTo(value, 12);
        }),
        { numRuns },
      );
    },
  );
});
