import { describe, expect, it } from 'vitest';
import type { ResizeParams } from '../../../../../src/tensor/ops/primitives.js';
import { decodeArray, describeWithData, type EncodedArray, readJson } from '../../../../support/shared-data.js';
import { block, integerBlock, run, transposeOf } from './run-kernel.js';

const halfPixel = { alignCorners: false, halfPixelCenters: true } as const;
const legacy = { alignCorners: false, halfPixelCenters: false } as const;
const corners = { alignCorners: true, halfPixelCenters: false } as const;

/** Resizes one row of pixels of one channel. */
function resizeRow(
  name: 'resizeBilinear' | 'resizeNearest',
  row: readonly number[],
  width: number,
  grid: object,
): number[] {
  const params = { ...(grid as typeof legacy), size: [1, width] } as const;
  return run(name, [1, 1, width, 1], [block([1, 1, row.length, 1], row, 'float64')], params);
}

it('bilinear resizing under each of the three conventions', () => {
  expect(resizeRow('resizeBilinear', [0, 8], 4, halfPixel)).toEqual([0, 2, 6, 8]);
  expect(resizeRow('resizeBilinear', [0, 8], 4, legacy)).toEqual([0, 4, 8, 8]);
  expect(resizeRow('resizeBilinear', [0, 8, 16], 5, corners)).toEqual([0, 4, 8, 12, 16]);
  expect(resizeRow('resizeBilinear', [0, 8, 16, 24], 2, halfPixel)).toEqual([4, 20]);
});

it('nearest resizing under each of the three conventions', () => {
  expect(resizeRow('resizeNearest', [1, 2, 3, 4, 5], 3, halfPixel)).toEqual([1, 3, 5]);
  expect(resizeRow('resizeNearest', [1, 2, 3, 4, 5], 3, legacy)).toEqual([1, 2, 4]);
  expect(resizeRow('resizeNearest', [1, 2, 3, 4], 3, corners)).toEqual([1, 3, 4]);
});

it('resizing to the same size changes nothing, and a 1x1 image fills any size', () => {
  for (const grid of [halfPixel, legacy, corners]) {
    for (const name of ['resizeBilinear', 'resizeNearest'] as const) {
      expect(resizeRow(name, [3, 1, 4], 3, grid)).toEqual([3, 1, 4]);
      expect(resizeRow(name, [5], 3, grid)).toEqual([5, 5, 5]);
      expect(resizeRow(name, [5, 6], 1, corners)).toEqual([5]);
    }
  }
});

describe.each([
  ['bilinear', 'resizeBilinear', 'resizeBilinearGradient'],
  ['nearest', 'resizeNearest', 'resizeNearestGradient'],
] as const)('the gradient of %s resizing', (_, name, gradient) => {
  it.each([halfPixel, legacy, corners])('is its transpose, %j', (grid) => {
    for (const size of [
      [2, 3],
      [7, 9],
      [1, 1],
    ] as const) {
      const shape = [2, 4, 5, 2];
      const params: ResizeParams = { ...grid, size };
      const resized = [2, ...size, 2];
      const dy = integerBlock(resized, 1, 'float64');
      const expected = transposeOf(
        (x) => run(name, resized, [{ ...x, dtype: 'float64', data: Float64Array.from(x.data) }], params),
        shape,
        dy.data,
      );
      const result = run(gradient, shape, [dy], { ...params, inputSize: [4, 5] });
      expect(result).toEqual(expected.map((value) => expect.closeTo(value, 12) as number));
    }
  });
});

interface ResizingCase {
  readonly id: string;
  readonly kwargs: { readonly interpolation?: string; readonly crop_to_aspect_ratio?: boolean };
  readonly inputs: readonly [EncodedArray<'float32'>];
  readonly outputs: readonly [EncodedArray<'float32'>];
  readonly fixed_random: readonly [EncodedArray<'float32'>];
  readonly grad_inputs: readonly [EncodedArray<'float32'>];
}

describeWithData("Keras's Resizing and UpSampling2D", () => {
  const cases = ['Resizing', 'UpSampling2D']
    .flatMap((layer) => readJson<{ cases: readonly ResizingCase[] }>('goldens', 'layers', `${layer}.json`).cases)
    .filter(({ kwargs }) => !kwargs.crop_to_aspect_ratio);

  it.each(cases)('$id $kwargs', ({ id, kwargs, inputs, outputs, fixed_random, grad_inputs }) => {
    const [x, y, dy, dx] = [inputs[0], outputs[0], fixed_random[0], grad_inputs[0]].map(decodeArray);
    if (!x || !y || !dy || !dx) throw new Error(`${id} is incomplete`);
    const [, height, width] = x.shape as [number, number, number];
    const params = { ...halfPixel, size: y.shape.slice(1, 3) as [number, number] };
    // Resizing interpolates by default, UpSampling2D repeats.
    const nearest = (kwargs.interpolation ?? (id.startsWith('Resizing') ? 'bilinear' : 'nearest')) === 'nearest';
    const result = run(nearest ? 'resizeNearest' : 'resizeBilinear', y.shape, [block(x.shape, x.data)], params);
    const gradient = run(
      nearest ? 'resizeNearestGradient' : 'resizeBilinearGradient',
      x.shape,
      [block(dy.shape, dy.data)],
      {
        ...params,
        inputSize: [height, width],
      },
    );
    expect(result).toEqual([...y.data].map((value) => expect.closeTo(value, nearest ? 12 : 6) as number));
    expect(gradient).toEqual([...dx.data].map((value) => expect.closeTo(value, 5) as number));
  });
});
