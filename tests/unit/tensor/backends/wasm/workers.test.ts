import { describe, it } from 'vitest';
import { WasmBackend } from '../../../../../src/tensor/backends/wasm/backend.js';
import type { PrimitiveName, PrimitiveParams } from '../../../../../src/tensor/ops/primitives.js';
import { expectSameNumbers, indices, type Operand, randomOperand, runPrimitive } from './run-primitive.js';

const alone = new WasmBackend({ threads: 1 });
const together = [2, 4].map((threads) => new WasmBackend({ threads }));

/** A primitive with its params and inputs, so large that all workers take part. */
type Work = {
  readonly [K in PrimitiveName]: readonly [name: K, params: PrimitiveParams[K], inputs: readonly Operand[]];
}[PrimitiveName];

const float = (...shape: readonly number[]): Operand => randomOperand(shape, 'float32');
const places = indices(
  [3000],
  Array.from({ length: 3000 }, (_, i) => (i * i) % 101),
);
const halfPixel = { alignCorners: false, halfPixelCenters: true } as const;

const works: readonly Work[] = [
  ['sum', { axes: [0, 1], keepDims: false }, [float(701, 503)]],
  ['sum', { axes: [0], keepDims: false }, [float(5003, 67)]],
  ['sum', { axes: [1], keepDims: false }, [float(16, 49, 517)]],
  ['sum', { axes: [0, 2], keepDims: false }, [float(61, 33, 129)]],
  ['max', { axes: [0], keepDims: false }, [float(5003, 67)]],
  ['min', { axes: [1], keepDims: false }, [float(5003, 67)]],
  ['argMax', { axis: 1 }, [float(5003, 67)]],
  ['transpose', { permutation: [1, 0] }, [float(701, 503)]],
  [
    'pad',
    {
      padding: [
        [1, 2],
        [3, 4],
      ],
      value: 2,
    },
    [float(701, 503)],
  ],
  ['concat', { axis: 1 }, [float(701, 303), float(701, 205)]],
  ['slice', { begin: [1, 2], size: [690, 480] }, [float(701, 503)]],
  ['gather', { axis: 0 }, [float(101, 67), places]],
  ['scatterAdd', { axis: 0, size: 90 }, [float(3000, 67), places]],
  ['oneHot', { depth: 101, dtype: 'float32' }, [places]],
  ['resizeBilinear', { ...halfPixel, size: [61, 71] }, [float(3, 37, 41, 19)]],
  ['resizeNearest', { ...halfPixel, size: [61, 71] }, [float(3, 37, 41, 19)]],
  ['resizeBilinearGradient', { ...halfPixel, size: [61, 71], inputSize: [37, 41] }, [float(3, 61, 71, 19)]],
  ['resizeNearestGradient', { ...halfPixel, size: [61, 71], inputSize: [37, 41] }, [float(3, 61, 71, 19)]],
  ['randomUniform', { shape: [701, 503], dtype: 'float32', seed: 1, stream: 2 }, [indices([], [3])]],
  ['randomNormal', { shape: [701, 503], dtype: 'float32', seed: 1, stream: 2 }, [indices([], [3])]],
];

describe('any number of workers', () => {
  it.each(works)('gives the same bits: %s', async (name, params, inputs) => {
    const one = await runPrimitive(alone, name, params as never, inputs);
    for (const backend of together) {
      expectSameNumbers(await runPrimitive(backend, name, params as never, inputs), one);
    }
  });
});
