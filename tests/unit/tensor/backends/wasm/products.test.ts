import {
  add,
  apply,
  epilogues,
  fillNormal,
  getBackend,
  type Shape,
  sizeOf,
  type Tensor,
  type TypedArray,
  tensor,
} from 'mapache/tensor';
import { afterAll, describe, expect, it } from 'vitest';
import { WasmBackend } from '../../../../../src/tensor/backends/wasm/backend.js';
import type { WasmBuffer } from '../../../../../src/tensor/backends/wasm/buffer.js';
import { Program } from '../../../../../src/tensor/execution/program.js';
import { parityTolerance } from '../../../../support/backends.js';
import { relativeError } from '../../../../support/relative-error.js';
import { normal64, planOf } from '../../../../support/rewriting.js';

function normal(shape: Shape, seed: number): Tensor {
  const values = new Float32Array(sizeOf(shape));
  fillNormal(values, seed, 0, 0);
  return tensor(values, { shape });
}

type Build = (...inputs: readonly Tensor[]) => Tensor;

interface Product {
  readonly build: Build;
  readonly inputs: readonly Shape[];
}

const matmul = (a: Shape, b: Shape, transposeA = false, transposeB = false): Product => ({
  build: (x, y) => apply('matmul', [x as Tensor, y as Tensor], { transposeA, transposeB }),
  inputs: [a, b],
});

interface Window {
  readonly strides?: readonly [number, number];
  readonly dilations?: readonly [number, number];
  readonly padding?: number;
  readonly groups?: number;
}

const resolved = ({ strides = [1, 1], dilations = [1, 1], padding = 0, groups = 1 }: Window) =>
  ({
    ...{ strides, dilations, groups },
    padding: [
      [padding, padding],
      [padding, padding],
    ],
  }) as const;

const conv2d = (x: Shape, filter: Shape, window: Window = {}): Product => ({
  build: (images, filters) => apply('conv2d', [images as Tensor, filters as Tensor], resolved(window)),
  inputs: [x, filter],
});

const inputGradient = (inputShape: Shape, dy: Shape, filter: Shape, window: Window = {}): Product => ({
  build: (gradient, filters) =>
    apply('conv2dInputGradient', [gradient as Tensor, filters as Tensor], { ...resolved(window), inputShape }),
  inputs: [dy, filter],
});

/** Sizes that no tile, panel or block divides, and more units of work than workers. */
const products: readonly (readonly [string, Product])[] = [
  ['a matrix product', matmul([131, 1030], [1030, 45])],
  ['a product of one row', matmul([1, 77], [77, 203])],
  ['a product with one column', matmul([203, 77], [77, 1])],
  ['transposed factors', matmul([2, 515, 37], [2, 61, 515], true, true)],
  ['a convolution', conv2d([2, 11, 9, 70], [3, 3, 70, 21], { padding: 1 })],
  ['a convolution of three channels', conv2d([2, 15, 13, 3], [3, 3, 3, 10], { strides: [2, 2], padding: 1 })],
  ['a convolution of many channels', conv2d([1, 4, 5, 1030], [2, 2, 1030, 12], { padding: 1 })],
  ['a pointwise convolution', conv2d([3, 7, 5, 19], [1, 1, 19, 30])],
  ['a strided pointwise convolution', conv2d([2, 7, 9, 19], [1, 1, 19, 30], { strides: [2, 2] })],
  ['a dilated convolution', conv2d([1, 13, 12, 6], [3, 2, 6, 11], { dilations: [2, 3], padding: 2 })],
  ['a grouped convolution', conv2d([2, 8, 7, 15], [3, 3, 5, 27], { groups: 3, padding: 1 })],
  ['pointwise groups', conv2d([2, 8, 7, 15], [1, 1, 5, 27], { groups: 3 })],
  ['tiles of 2 x 2 pixels', conv2d([2, 15, 13, 37], [3, 3, 37, 45], { padding: 1 })],
  ['tiles without padding', conv2d([1, 17, 18, 33], [3, 3, 33, 70])],
  ['tiles under wide padding', conv2d([3, 7, 8, 34], [3, 3, 34, 33], { padding: 4 })],
  ['tiles of many channels', conv2d([1, 14, 13, 1030], [3, 3, 1030, 35], { padding: 1 })],
  ['tiles of an input gradient', inputGradient([2, 13, 15, 39], [2, 13, 15, 53], [3, 3, 39, 53], { padding: 1 })],
  ['tiles of an input gradient without padding', inputGradient([1, 17, 16, 33], [1, 15, 14, 70], [3, 3, 33, 70])],
  ['an input gradient', inputGradient([2, 11, 9, 21], [2, 11, 9, 70], [3, 3, 21, 70], { padding: 1 })],
  ['an input gradient of one filter', inputGradient([1, 6, 7, 3], [1, 4, 5, 1], [3, 3, 3, 1])],
  ['a pointwise input gradient', inputGradient([2, 7, 9, 21], [2, 7, 9, 34], [1, 1, 21, 34])],
  [
    'a strided input gradient',
    inputGradient([2, 11, 10, 13], [2, 6, 4, 9], [3, 3, 13, 9], { strides: [2, 3], padding: 1 }),
  ],
  [
    'an input gradient that leaves pixels out',
    inputGradient([2, 7, 8, 13], [2, 4, 4, 9], [1, 1, 13, 9], { strides: [2, 2] }),
  ],
  [
    'a strided and dilated input gradient',
    inputGradient([1, 14, 13, 5], [1, 4, 4, 9], [3, 2, 5, 9], { strides: [3, 2], dilations: [2, 4] }),
  ],
  ['a grouped input gradient', inputGradient([1, 6, 7, 12], [1, 6, 7, 8], [3, 3, 3, 8], { padding: 1, groups: 4 })],
];

/** What may come after a product: inputs of the shape of a bias, and of the result. */
const endings: readonly (readonly [string, (y: Tensor, bias: Tensor, other: Tensor) => Tensor])[] = [
  ['a bias', (y, bias) => add(y, bias)],
  ['a bias and a ReLU that saturates', (y, bias) => apply('relu', [add(y, bias)], { maximum: 6 })],
  [
    'a bias, a residual and a ReLU',
    (y, bias, other) => apply('relu', [add(add(y, bias), other)], { maximum: Infinity }),
  ],
  ['the gradient of a ReLU', (y, _bias, other) => apply('reluGradient', [y, other], { maximum: 1.5 })],
];

const backends = [1, 2, 4].map((workers) => new WasmBackend({ threads: workers, relaxedSimd: 'never' }));
/** What memory is filled with that nobody shall write to. */
const mark = 0xab;

const alone = backends[0] as WasmBackend;
/** What it holds is given back by this test alone, so that its memory is handed out in a known order. */
const marked = new WasmBackend({ threads: 1, relaxedSimd: 'never' });

afterAll(async () => {
  await Promise.all([...backends, marked].map(({ engine }) => engine.rest()));
});

async function run(backend: WasmBackend, build: Build, inputs: readonly Tensor[]): Promise<TypedArray> {
  const plan = planOf((...tensors) => [build(...tensors)], inputs, { fusions: [epilogues] });
  const [result] = await new Program(plan, backend).run(inputs);
  return (result as Tensor).data();
}

async function expected(build: Build, inputs: readonly Tensor[]): Promise<TypedArray> {
  const plan = planOf((...tensors) => [build(...tensors)], inputs);
  const [result] = await new Program(plan, getBackend('reference')).run(inputs);
  return (result as Tensor).data();
}

describe.each(products)('%s', (_, { build, inputs: shapes }) => {
  const inputs = shapes.map((shape, i) => normal(shape, i));

  it('gives the same bits with one, two and four workers', async () => {
    const results: TypedArray[] = [];
    for (const backend of backends) results.push(await run(backend, build, inputs));
    for (const result of results) expect(result).toEqual(results[0]);
  });

  it('is as exact in double precision as the reference', async () => {
    const doubles = shapes.map((shape, i) => normal64(shape, i));
    const error = relativeError(await run(alone, build, doubles), await expected(build, doubles));
    expect(error).toBeLessThan(1e-13);
  });

  it('writes nothing past the end of its result', async () => {
    const executable = await marked.prepare(planOf((...tensors) => [build(...tensors)], inputs));
    const bound = await Promise.all(inputs.map(async (input) => marked.upload(await input.data())));
    // The first run makes room for the arena.
    for (const buffer of await executable.run(bound)) marked.free(buffer as WasmBuffer);
    const [first] = (await executable.run(bound)) as [WasmBuffer];
    // The next result takes the place of this one, and buffers begin at multiples of 64 bytes.
    const bytes = Math.ceil((4 * first.size) / 64) * 64;
    marked.engine.write(first.address, new Uint8Array(bytes).fill(mark));
    marked.free(first);
    const [second] = (await executable.run(bound)) as [WasmBuffer];
    expect(second.address).toBe(first.address);
    const past = new Uint8Array(await marked.engine.read(second.address, bytes)).slice(4 * second.size);
    expect(past.every((byte) => byte === mark)).toBe(true);
    for (const buffer of [...bound, second]) marked.free(buffer);
  });

  it.each(endings)('is finished by %s before it is stored', async (_name, ending) => {
    const { shape } = build(...inputs);
    const all = [...inputs, normal(shape.slice(-1), 7), normal(shape, 8)];
    const whole: Build = (a, b, bias, other) =>
      ending(build(a as Tensor, b as Tensor), bias as Tensor, other as Tensor);
    const plan = planOf((...tensors) => [whole(...tensors)], all, { fusions: [epilogues] });
    expect(plan.groups.map(({ kind }) => kind)).toEqual(['epilogue']);
    // What is cut off counts: rounding errors are relative to what has been added up.
    const scale = Math.max(...(await expected(build, inputs)).map(Math.abs));
    const error = relativeError(await run(alone, whole, all), await expected(whole, all), scale);
    expect(error).toBeLessThan(parityTolerance);
  });
});
