import fc from 'fast-check';
import {
  add,
  apply,
  epilogues,
  fillNormal,
  getBackend,
  type PrimitiveParams,
  type Shape,
  sizeOf,
  type Tensor,
  tensor,
} from 'mapache/tensor';
import { afterAll, describe, expect, it } from 'vitest';
import { WasmBackend } from '../../../../../src/tensor/backends/wasm/backend.js';
import { Program } from '../../../../../src/tensor/execution/program.js';
import { parityTolerance } from '../../../../support/backends.js';
import { relativeError } from '../../../../support/relative-error.js';
import { planOf } from '../../../../support/rewriting.js';

type Build = (...inputs: readonly Tensor[]) => Tensor;

/** Windows over images, of which every primitive takes a part. */
interface Windows {
  readonly params: PrimitiveParams['depthwiseConv2d'];
  readonly x: Shape;
  readonly filter: Shape;
  readonly y: Shape;
}

const axis = fc
  .record({
    window: fc.constantFrom(1, 2, 3, 3, 3, 4, 5, 5),
    stride: fc.constantFrom(1, 1, 2, 2, 3),
    dilation: fc.constantFrom(1, 1, 1, 2),
    before: fc.nat(2),
    after: fc.nat(2),
    spare: fc.nat(17),
  })
  .map(({ window, stride, dilation, before, after, spare }) => {
    const span = (window - 1) * dilation + 1;
    const padding = [Math.min(before, span - 1), Math.min(after, span - 1)] as const;
    const input = Math.max(1, span - padding[0] - padding[1]) + spare;
    return { window, stride, dilation, padding, input, output: windowCount(input, span, stride, padding) };
  });

function windowCount(input: number, span: number, stride: number, padding: readonly [number, number]): number {
  return Math.floor((input + padding[0] + padding[1] - span) / stride) + 1;
}

function windows(multipliers: readonly number[], maxDilation: number): fc.Arbitrary<Windows> {
  return fc
    .record({
      batch: fc.integer({ min: 1, max: 3 }),
      rows: axis.filter(({ dilation }) => dilation <= maxDilation),
      columns: axis.filter(({ dilation }) => dilation <= maxDilation),
      channels: fc.constantFrom(1, 2, 3, 4, 5, 8, 15, 37, 70),
      multiplier: fc.constantFrom(...multipliers),
    })
    .map(({ batch, rows, columns, channels, multiplier }) => ({
      params: {
        strides: [rows.stride, columns.stride],
        dilations: [rows.dilation, columns.dilation],
        padding: [rows.padding, columns.padding],
      },
      x: [batch, rows.input, columns.input, channels],
      filter: [rows.window, columns.window, channels, multiplier],
      y: [batch, rows.output, columns.output, channels * multiplier],
    }));
}

function normal(shape: Shape, seed: number, dtype: 'float32' | 'float64' = 'float32'): Tensor {
  const values = dtype === 'float32' ? new Float32Array(sizeOf(shape)) : new Float64Array(sizeOf(shape));
  fillNormal(values, seed, 0, 0);
  return tensor(values, { shape, dtype });
}

const [alone, ...others] = [1, 2, 4].map((threads) => new WasmBackend({ threads, relaxedSimd: 'never' })) as [
  WasmBackend,
  ...WasmBackend[],
];

afterAll(async () => {
  await Promise.all([alone, ...others].map(({ engine }) => engine.rest()));
});

type Numbers = Float32Array | Float64Array;

async function run(backend: WasmBackend, build: Build, inputs: readonly Tensor[]): Promise<Numbers> {
  const plan = planOf((...tensors) => [build(...tensors)], inputs, { fusions: [epilogues] });
  const [result] = await new Program(plan, backend).run(inputs);
  return (await (result as Tensor).data()) as Numbers;
}

async function expected(build: Build, inputs: readonly Tensor[]): Promise<Numbers> {
  const plan = planOf((...tensors) => [build(...tensors)], inputs);
  const [result] = await new Program(plan, getBackend('reference')).run(inputs);
  return (await (result as Tensor).data()) as Numbers;
}

interface WindowPrimitive {
  readonly shapes: (windows: Windows) => readonly Shape[];
  readonly build: (windows: Windows) => Build;
}

const poolParams = ({ params: { strides, padding }, filter }: Windows): PrimitiveParams['maxPool2d'] => ({
  poolSize: [filter[0] as number, filter[1] as number],
  strides,
  padding,
});

const depthwise: readonly (readonly [string, WindowPrimitive])[] = [
  [
    'depthwiseConv2d',
    {
      shapes: ({ x, filter }) => [x, filter],
      build:
        ({ params }) =>
        (x, filter) =>
          apply('depthwiseConv2d', [x as Tensor, filter as Tensor], params),
    },
  ],
  [
    'depthwiseConv2dInputGradient',
    {
      shapes: ({ y, filter }) => [y, filter],
      build:
        ({ params, x: inputShape }) =>
        (dy, filter) =>
          apply('depthwiseConv2dInputGradient', [dy as Tensor, filter as Tensor], { ...params, inputShape }),
    },
  ],
  [
    'depthwiseConv2dFilterGradient',
    {
      shapes: ({ x, y }) => [x, y],
      build:
        ({ params, filter: filterShape }) =>
        (x, dy) =>
          apply('depthwiseConv2dFilterGradient', [x as Tensor, dy as Tensor], { ...params, filterShape }),
    },
  ],
];

const pools: readonly (readonly [string, WindowPrimitive])[] = [
  ['maxPool2d', { shapes: ({ x }) => [x], build: (w) => (x) => apply('maxPool2d', [x as Tensor], poolParams(w)) }],
  ['avgPool2d', { shapes: ({ x }) => [x], build: (w) => (x) => apply('avgPool2d', [x as Tensor], poolParams(w)) }],
  [
    'maxPool2dSelect',
    {
      shapes: ({ x }) => [x, x],
      build: (w) => (x, g) => apply('maxPool2dSelect', [x as Tensor, g as Tensor], poolParams(w)),
    },
  ],
  [
    'maxPool2dGradient',
    {
      shapes: ({ x, y }) => [x, y],
      build: (w) => (x, dy) => apply('maxPool2dGradient', [x as Tensor, dy as Tensor], poolParams(w)),
    },
  ],
  [
    'avgPool2dGradient',
    {
      shapes: ({ y }) => [y],
      build: (w) => (dy) => apply('avgPool2dGradient', [dy as Tensor], { ...poolParams(w), inputShape: w.x }),
    },
  ],
];

const cases = [
  ...depthwise.map(([name, primitive]) => [name, primitive, windows([1, 1, 1, 2, 5], 2)] as const),
  ...pools.map(([name, primitive]) => [name, primitive, windows([1], 1)] as const),
];

describe.each(cases)('%s', (_, { shapes, build }, draws) => {
  it('computes what the reference computes, through any window, with the same bits on any number of workers', async () => {
    await fc.assert(
      fc.asyncProperty(draws, async (draw) => {
        const inputs = shapes(draw).map((shape, i) => normal(shape, i));
        const result = await run(alone, build(draw), inputs);
        expect(relativeError(result, await expected(build(draw), inputs))).toBeLessThan(parityTolerance);
        for (const backend of others) expect(await run(backend, build(draw), inputs)).toEqual(result);
      }),
      { numRuns: 60 },
    );
  });

  it('computes in double precision as well', async () => {
    await fc.assert(
      fc.asyncProperty(draws, async (draw) => {
        const inputs = shapes(draw).map((shape, i) => normal(shape, i, 'float64'));
        const result = await run(alone, build(draw), inputs);
        expect(relativeError(result, await expected(build(draw), inputs))).toBeLessThan(1e-13);
      }),
      { numRuns: 30 },
    );
  });
});

/** What may come after a convolution: inputs of the shape of a bias, and of the result. */
const endings: readonly (readonly [string, (y: Tensor, bias: Tensor, other: Tensor) => Tensor])[] = [
  ['a bias', (y, bias) => add(y, bias)],
  ['a bias and a ReLU that saturates', (y, bias) => apply('relu', [add(y, bias)], { maximum: 6 })],
  [
    'a bias, a residual and a ReLU',
    (y, bias, other) => apply('relu', [add(add(y, bias), other)], { maximum: Infinity }),
  ],
  ['the gradient of a ReLU', (y, _bias, other) => apply('reluGradient', [y, other], { maximum: 1.5 })],
];

describe.each(depthwise.slice(0, 2))('%s', (_, { shapes, build }) => {
  it.each(endings)('goes on with %s before it stores its results', async (_ending, end) => {
    await fc.assert(
      fc.asyncProperty(windows([1, 1, 1, 3], 2), async (draw) => {
        const inputs = shapes(draw).map((shape, i) => normal(shape, i));
        const [y] = inputs.length === 2 ? [build(draw)(...inputs)] : [];
        const { shape } = y as Tensor;
        const all = [...inputs, normal([shape.at(-1) as number], 7), normal(shape, 8)];
        const whole: Build = (a, b, bias, other) =>
          end(build(draw)(a as Tensor, b as Tensor), bias as Tensor, other as Tensor);
        const plan = planOf((...tensors) => [whole(...tensors)], all, { fusions: [epilogues] });
        expect(plan.groups.filter(({ kind }) => kind === 'epilogue')).toHaveLength(1);
        expect(relativeError(await run(alone, whole, all), await expected(whole, all))).toBeLessThan(parityTolerance);
      }),
      { numRuns: 30 },
    );
  });
});

describe('max pooling in WebAssembly', () => {
  it('takes the first of equal elements and the first NaN, as the reference does', async () => {
    const values = Float32Array.from({ length: 7 * 9 * 5 }, (_, i) => (i % 11 === 3 ? NaN : Math.floor(i / 5) % 3));
    const x = tensor(values, { shape: [1, 7, 9, 5] });
    const params = {
      poolSize: [3, 2],
      strides: [1, 2],
      padding: [
        [1, 1],
        [0, 1],
      ],
    } as const;
    const dy = normal([1, 7, 5, 5], 1);
    const gradient: Build = (images, d) => apply('maxPool2dGradient', [images as Tensor, d as Tensor], params);
    const largest: Build = (images) => apply('maxPool2d', [images as Tensor], params);
    expect(await run(alone, largest, [x])).toEqual(await expected(largest, [x]));
    expect(relativeError(await run(alone, gradient, [x, dy]), await expected(gradient, [x, dy]))).toBeLessThan(1e-6);
  });
});

describe('the filter gradient of depthwise convolutions in WebAssembly', () => {
  it('keeps its accuracy over more than 100,000 pixels of the same sign', async () => {
    const x = tensor(new Float32Array(330 * 320 * 3).fill(0.1), { shape: [1, 330, 320, 3] });
    const dy = tensor(new Float32Array(330 * 320 * 3).fill(0.3), { shape: [1, 330, 320, 3] });
    const params = {
      strides: [1, 1],
      dilations: [1, 1],
      padding: [
        [1, 1],
        [1, 1],
      ],
      filterShape: [3, 3, 3, 1],
    } as const;
    const build: Build = (images, d) => apply('depthwiseConv2dFilterGradient', [images as Tensor, d as Tensor], params);
    expect(relativeError(await run(alone, build, [x, dy]), await expected(build, [x, dy]))).toBeLessThan(
      parityTolerance,
    );
  });
});
