import {
  add,
  type Backend,
  conv2d,
  depthwiseConv2d,
  type Fusion,
  fillNormal,
  getBackend,
  gradients,
  invertedResiduals,
  type Plan,
  relu6,
  type Shape,
  sizeOf,
  sum,
  type Tensor,
  tensor,
} from 'mapache/tensor';
import { afterAll, describe, expect, it } from 'vitest';
import { WasmBackend } from '../../../../../src/tensor/backends/wasm/backend.js';
import { Program } from '../../../../../src/tensor/execution/program.js';
import { parityTolerance } from '../../../../support/backends.js';
import { relativeError } from '../../../../support/relative-error.js';
import { planOf } from '../../../../support/rewriting.js';

const fusion = invertedResiduals(2 ** 20);

interface Block {
  readonly images: Shape;
  /** Channels in between; 0 for a separable convolution, which has as many as the images. */
  readonly expanded: number;
  readonly filters: number;
  readonly window?: number;
  readonly strides?: number;
  readonly residual?: boolean;
}

function normal(shape: Shape, seed: number): Tensor {
  const values = new Float32Array(sizeOf(shape));
  fillNormal(values, seed, 0, 0);
  return tensor(
    values.map((value) => value / 4),
    { shape },
  );
}

/** Images, then what the three convolutions are made of. */
function inputsOf({ images, expanded, filters, window = 3 }: Block): readonly Tensor[] {
  const channels = images[3] as number;
  const between = expanded || channels;
  const shapes = [images, [1, 1, channels, between], [between], [window, window, between, 1], [between]];
  return [...shapes, [1, 1, between, filters], [filters]].map((shape, i) => normal(shape, i));
}

function layersOf({ expanded, strides = 1, residual = false }: Block, inputs: readonly Tensor[]): readonly Tensor[] {
  const [x, expand, bias, filter, filterBias, project, projectBias] = inputs as readonly [
    ...[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor, Tensor],
  ];
  const wide = expanded > 0 ? relu6(add(conv2d(x, expand), bias)) : x;
  const seen = relu6(add(depthwiseConv2d(wide, filter, { strides, padding: 'same' }), filterBias));
  const y = add(conv2d(seen, project), projectBias);
  return [wide, seen, residual ? add(y, x) : y];
}

const blocks: readonly (readonly [string, Block])[] = [
  ['a block with a residual', { images: [16, 7, 9, 12], expanded: 43, filters: 12, residual: true }],
  ['a block of stride 2 over odd images', { images: [3, 47, 13, 7], expanded: 26, filters: 18, strides: 2 }],
  ['a block with a window of five', { images: [3, 26, 9, 8], expanded: 24, filters: 10, window: 5 }],
  ['a window of five and stride 2', { images: [4, 33, 8, 8], expanded: 24, filters: 10, window: 5, strides: 2 }],
  ['one image in several bands', { images: [1, 70, 40, 16], expanded: 200, filters: 16, residual: true }],
  ['a separable convolution', { images: [2, 63, 11, 37], expanded: 0, filters: 21, strides: 2 }],
];

const backends = [1, 2, 4].map((threads) => new WasmBackend({ threads, relaxedSimd: 'never' }));
const alone = backends[0] as WasmBackend;

afterAll(async () => {
  await Promise.all(backends.map((backend) => backend.rest()));
});

function planned(block: Block, fusions: readonly Fusion[]): Plan {
  return planOf((...inputs) => layersOf(block, inputs).slice(-1), inputsOf(block), { fusions });
}

async function run(backend: Backend, plan: Plan, block: Block): Promise<ArrayLike<number>> {
  const [result] = await new Program(plan, backend).run(inputsOf(block));
  return (result as Tensor).data();
}

const kindsOf = ({ groups }: Plan): readonly string[] => groups.map(({ kind }) => kind);

describe.each(blocks)('%s', (_, block) => {
  it('runs as one, to the bit as its parts would, with any number of workers', async () => {
    const fused = planned(block, [fusion]);
    expect(kindsOf(fused)).toEqual(['invertedResidual']);
    const expected = await run(alone, planned(block, alone.style.fusions.slice(1)), block);
    for (const backend of backends) expect(await run(backend, fused, block)).toEqual(expected);
  });

  it('gives what the reference gives', async () => {
    const expected = await run(getBackend('reference'), planned(block, []), block);
    expect(relativeError(await run(alone, planned(block, [fusion]), block), expected)).toBeLessThan(parityTolerance);
  });
});

it('takes each step once where separable convolutions follow each other', () => {
  const inputs = [normal([16, 7, 9, 12], 1), normal([3, 3, 12, 1], 2), normal([1, 1, 12, 12], 3)];
  const separable = (x: Tensor, [, window, filter]: readonly Tensor[]): Tensor =>
    conv2d(depthwiseConv2d(x, window as Tensor, { padding: 'same' }), filter as Tensor);
  const plan = planOf((...all) => [separable(separable(all[0] as Tensor, all), all)], inputs, { fusions: [fusion] });
  expect(kindsOf(plan)).toEqual(['invertedResidual', 'invertedResidual']);
});

describe('the parts of a block run by themselves', () => {
  const block: Block = { images: [16, 7, 9, 12], expanded: 43, filters: 12, residual: true };

  it('if a backward pass reads what they hand on', () => {
    const inputs = inputsOf(block);
    const build = (...tensors: readonly Tensor[]): readonly Tensor[] => {
      const y = layersOf(block, tensors)[2] as Tensor;
      return gradients(sum(y), [tensors[1] as Tensor, tensors[3] as Tensor]);
    };
    expect(kindsOf(planOf(build, inputs, { fusions: [fusion] }))).not.toContain('invertedResidual');
  });

  it('if what the projection sees is a result', () => {
    const plan = planOf((...tensors) => layersOf(block, tensors).slice(1), inputsOf(block), { fusions: [fusion] });
    expect(kindsOf(plan)).not.toContain('invertedResidual');
  });

  it('if a row and what it sees takes too much memory', () => {
    expect(kindsOf(planned(block, [invertedResiduals(4 * 4 * 9 * 43 - 1)]))).not.toContain('invertedResidual');
    expect(kindsOf(planned(block, [invertedResiduals(4 * 4 * 9 * 43)]))).toContain('invertedResidual');
  });

  it('if there are too few pieces to share out', () => {
    const single = { ...block, images: [1, 7, 9, 12] };
    expect(kindsOf(planned(single, [fusion]))).not.toContain('invertedResidual');
  });
});
