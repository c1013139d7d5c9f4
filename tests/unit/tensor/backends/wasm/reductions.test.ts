import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WasmBackend } from '../../../../../src/tensor/backends/wasm/backend.js';
import type { DType } from '../../../../../src/tensor/dtype.js';
import { shapes, someAxes } from '../../../../support/arbitraries.js';
import { expectSameNumbers, type Operand, randomOperand, runPrimitive, runReference } from './run-primitive.js';

const wasm = new WasmBackend({ threads: 2 });
const reductions = ['sum', 'max', 'min'] as const;

/** Sums in single precision: errors are relative to the sum of the magnitudes. */
const tolerance = 1e-5;

async function expectSameReduction(name: (typeof reductions)[number], x: Operand, axes: readonly number[]) {
  const params = { axes, keepDims: false };
  const actual = await runPrimitive(wasm, name, params, [x]);
  const expected = await runReference(name, params, [x]);
  if (name !== 'sum' || !x.dtype.startsWith('float')) {
    expectSameNumbers(actual, expected);
    return;
  }
  const magnitudes = await runReference('sum', params, [{ ...x, data: x.data.map(Math.abs) }]);
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of expected.entries()) {
    const allowed = (x.dtype === 'float64' ? 1e-12 : tolerance) * (magnitudes[i] as number);
    expect(Math.abs((actual[i] as number) - value), `element ${i}`).toBeLessThanOrEqual(allowed);
  }
}

describe.each(reductions)('%s in WebAssembly', (name) => {
  const dtypes: readonly DType[] = ['float32', 'float64', 'int32', 'uint8'];

  it.each(dtypes)('reduces any axes of arrays of any rank as the reference does: %s', async (dtype) => {
    const draws = shapes({ maxRank: 6, extent: 5 }).chain((shape) =>
      fc.tuple(fc.constant(shape), someAxes(shape.length)),
    );
    await fc.assert(
      fc.asyncProperty(draws, fc.nat(1000), ([shape, axes], seed) =>
        expectSameReduction(name, randomOperand(shape, dtype, seed), axes),
      ),
      { numRuns: 60 },
    );
  });

  it.each(dtypes)('reduces sizes that no block divides: %s', async (dtype) => {
    const cases: readonly (readonly [readonly number[], readonly number[]])[] = [
      [[4099], [0]],
      [[3, 70_001], [1]],
      [[9001, 7], [0]],
      [[1003, 257], [0]],
      [[5, 49, 517], [1]],
      [
        [7, 11, 13, 17],
        [0, 2],
      ],
      [
        [7, 11, 13, 17],
        [1, 3],
      ],
      [
        [65, 33, 31],
        [0, 1, 2],
      ],
    ];
    for (const [shape, axes] of cases) await expectSameReduction(name, randomOperand(shape, dtype), axes);
  });
});

describe('reductions in WebAssembly', () => {
  it('sum a million numbers of one sign as accurately as a few', async () => {
    const x: Operand = { shape: [2 ** 20], dtype: 'float32', data: new Float32Array(2 ** 20).fill(0.1) };
    const [total] = await runPrimitive(wasm, 'sum', { axes: [0], keepDims: false }, [x]);
    expect(Math.abs((total as number) / (2 ** 20 * Math.fround(0.1)) - 1)).toBeLessThanOrEqual(1e-6);
  });

  it('give 0 for the sum of nothing', async () => {
    for (const dtype of ['float32', 'float64', 'int32', 'uint8'] as const) {
      const nothing = randomOperand([3, 0, 2], dtype);
      expect([...(await runPrimitive(wasm, 'sum', { axes: [1], keepDims: false }, [nothing]))]).toEqual(
        new Array(6).fill(0),
      );
      expect(await runPrimitive(wasm, 'sum', { axes: [0], keepDims: false }, [nothing])).toHaveLength(0);
    }
  });

  it.each(['max', 'min'] as const)('find NaN wherever it stands: %s', async (name) => {
    for (let place = 0; place < 70; place++) {
      const { data } = randomOperand([70], 'float32');
      data[place] = NaN;
      const axes = { axes: [0], keepDims: false };
      expect([...(await runPrimitive(wasm, name, axes, [{ shape: [70], dtype: 'float32', data }]))]).toEqual([NaN]);
      expect(await runPrimitive(wasm, name, axes, [{ shape: [14, 5], dtype: 'float32', data }])).toEqual(
        await runReference(name, axes, [{ shape: [14, 5], dtype: 'float32', data }]),
      );
    }
  });

  it('reduce truth values to truth values', async () => {
    const x = randomOperand([40, 3], 'bool');
    for (const name of ['max', 'min'] as const) await expectSameReduction(name, x, [0]);
  });
});

describe('argMax in WebAssembly', () => {
  it.each(['float32', 'float64', 'int32', 'uint8', 'bool'] as const)('finds the first largest: %s', async (dtype) => {
    const draws = shapes({ minRank: 1, maxRank: 5, extent: 6 }).chain((shape) =>
      fc.tuple(fc.constant(shape), fc.nat(shape.length - 1), fc.nat(1000)),
    );
    await fc.assert(
      fc.asyncProperty(draws, async ([shape, axis, seed]) => {
        const x = randomOperand(shape, dtype, seed);
        // Ties, and where the dtype has it NaN, are frequent.
        const data = x.data.map((value) => (Math.trunc(value) % 3 === 0 ? NaN : Math.trunc(value)));
        const draw = [{ ...x, data }];
        expect(await runPrimitive(wasm, 'argMax', { axis }, draw)).toEqual(
          await runReference('argMax', { axis }, draw),
        );
      }),
      { numRuns: 60 },
    );
  });
});
