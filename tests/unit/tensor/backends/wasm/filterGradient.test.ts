import {
  type Backend,
  cast,
  conv2d,
  type DType,
  getBackend,
  gradients,
  matmul,
  type Shape,
  sum,
  type Tensor,
  type TypedArray,
} from 'mapache/tensor';
import { afterAll, describe, expect, it } from 'vitest';
import { WasmBackend } from '../../../../../src/tensor/backends/wasm/backend.js';
import { Program } from '../../../../../src/tensor/execution/program.js';
import { parityTolerance } from '../../../../support/backends.js';
import { relativeError } from '../../../../support/relative-error.js';
import { normal64, planOf } from '../../../../support/rewriting.js';

interface Layer {
  readonly x: Shape;
  readonly kernel: Shape;
  readonly apply: (x: Tensor, kernel: Tensor) => Tensor;
}

const layers: readonly (readonly [string, Layer])[] = [
  ['many pixels and few filters', { x: [2, 161, 153, 5], kernel: [1, 1, 5, 11], apply: conv2d }],
  ['more filters than a block has', { x: [1, 6, 7, 40], kernel: [3, 3, 40, 270], apply: conv2d }],
  [
    'groups, strides and padding',
    {
      x: [2, 15, 14, 12],
      kernel: [3, 3, 4, 9],
      apply: (x, kernel) => conv2d(x, kernel, { groups: 3, strides: 2, padding: 'same' }),
    },
  ],
  ['a dense layer', { x: [300, 21], kernel: [21, 10], apply: matmul }],
];

const backends = [1, 2, 4].map((threads) => new WasmBackend({ threads, relaxedSimd: 'never' }));
const alone = backends[0] as WasmBackend;

afterAll(async () => {
  await Promise.all(backends.map((backend) => backend.rest()));
});

/** Gradients of a layer with respect to its kernel and its bias, for some dy. */
async function gradientsOn(
  backend: Backend,
  { x, kernel, apply }: Layer,
  dtype: DType,
): Promise<readonly TypedArray[]> {
  const drawn = [normal64(x, 1), normal64(kernel, 2)] as const;
  const all = [...drawn, normal64(apply(...drawn).shape, 3)];
  // Numbers that single precision can hold.
  const inputs = all.map((tensor) => cast(cast(tensor, 'float32'), dtype));
  const build = (...tensors: readonly Tensor[]): readonly Tensor[] => {
    const [images, filter, dy] = tensors as [Tensor, Tensor, Tensor];
    const axes = dy.shape.slice(1).map((_, i) => i);
    return [...gradients(apply(images, filter), [filter], { dy }), sum(dy, { axes })];
  };
  const results = await new Program(planOf(build, inputs, backend.style), backend).run(inputs);
  return Promise.all(results.map((result) => result.data()));
}

describe.each(layers)('the gradients of %s', (_, layer) => {
  it('have the same bits with one, two and four workers', async () => {
    const expected = await gradientsOn(alone, layer, 'float32');
    for (const backend of backends) expect(await gradientsOn(backend, layer, 'float32')).toEqual(expected);
  });

  it('are those of the reference', async () => {
    const expected = await gradientsOn(getBackend('reference'), layer, 'float64');
    for (const [i, gradient] of (await gradientsOn(alone, layer, 'float32')).entries()) {
      expect(relativeError(gradient, expected[i] as TypedArray)).toBeLessThan(parityTolerance);
    }
  });
});

describe.each(layers.slice(0, 3))('in double precision the gradients of %s', (_, layer) => {
  it('are those of the reference', async () => {
    const expected = await gradientsOn(getBackend('reference'), layer, 'float64');
    for (const [i, gradient] of (await gradientsOn(alone, layer, 'float64')).entries()) {
      expect(relativeError(gradient, expected[i] as TypedArray)).toBeLessThan(1e-12);
    }
  });
});
