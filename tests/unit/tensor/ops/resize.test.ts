import { DTypeError, type Interpolation, resize, tensor, zeros } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../../../support/relative-error.js';

const row = tensor([3, -1, 4, 1, -5, 9, 2], { shape: [1, 1, 7, 1] });

describe('resize', () => {
  // Keras 3.15.1 on TensorFlow 2.21: keras.ops.image.resize of `row`, to 1 x the width.
  it.each<[Interpolation, boolean, number, readonly number[]]>([
    ['bilinear', true, 3, [1.5, 0.647059, 3.5]],
    [
      'bilinear',
      true,
      11,
      [3.0, 1.181818, -0.545455, 2.636364, 2.909091, 1.0, -2.818181, -1.181822, 7.727274, 5.181818, 2.0],
    ],
    ['bicubic', false, 3, [-0.073054, 1.0, 7.752863]],
    [
      'bicubic',
      false,
      11,
      [3.281043, 1.077748, -0.853729, 2.971524, 3.625314, 1.0, -4.167049, -2.060625, 8.441788, 5.640708, 1.508175],
    ],
    ['bicubic', true, 3, [1.689516, 0.351648, 3.528226]],
    [
      'bicubic',
      true,
      11,
      [3.28125, 1.075299, -0.853494, 2.969948, 3.624344, 1.0, -4.164538, -2.056352, 8.441025, 5.645319, 1.507814],
    ],
    ['area', false, 3, [1.428571, 0.142858, 4.0]],
    ['area', false, 11, [3.0, 1.285714, -1.0, 3.285714, 3.142857, 1.0, -3.285715, -3.000001, 9.0, 5.000002, 2.000001]],
    ['lanczos3', false, 3, [-0.204746, 1.0, 8.189682]],
    [
      'lanczos3',
      false,
      11,
      [3.550249, 0.877068, -0.88448, 2.697725, 4.435002, 1.0, -5.175556, -1.840225, 8.433333, 6.224248, 0.876994],
    ],
    ['lanczos3', true, 3, [1.88801, 0.300754, 3.379541]],
    [
      'lanczos3',
      true,
      11,
      [3.550249, 0.877068, -0.88448, 2.697725, 4.435002, 1.0, -5.175556, -1.840225, 8.433333, 6.224248, 0.876994],
    ],
    ['lanczos5', false, 3, [-0.01222, 1.0, 8.261618]],
    [
      'lanczos5',
      false,
      11,
      [3.674695, 0.963776, -1.033926, 2.122758, 5.211038, 1.0, -5.649127, -1.614257, 8.480109, 6.441787, 0.493057],
    ],
    ['lanczos5', true, 3, [1.975893, 0.270272, 3.328578]],
    [
      'lanczos5',
      true,
      11,
      [3.674695, 0.963776, -1.033926, 2.122758, 5.211038, 1.0, -5.649127, -1.614257, 8.480109, 6.441787, 0.493057],
    ],
  ])('%s, antialias %s, to %d pixels: as TensorFlow', async (interpolation, antialias, width, expected) => {
    const resized = resize(row, [1, width], { interpolation, antialias });
    expect(resized.shape).toEqual([1, 1, width, 1]);
    expect(relativeError(await resized.data(), expected)).toBeLessThan(1e-5);
  });

  it('resamples rows and columns alike', async () => {
    const two = tensor([3, -1, 4, 1, -5, 9, 2, 4, 18, -10, 2, 8, -2, 6], { shape: [1, 2, 7, 1] });
    const expected = [
      ...[0.969881, 4.97721, -6.0591, 4.947572, 5.581438, -3.172363],
      ...[1.435059, 3.920837, 10.192993, -11.321936, 8.929216, 2.894101],
    ];
    const resized = resize(two, [3, 4], { interpolation: 'bicubic' });
    expect(relativeError(await resized.data(), expected)).toBeLessThan(1e-5);
  });

  it('leaves pictures of the size asked for as they are', async () => {
    for (const interpolation of ['bilinear', 'bicubic', 'area', 'lanczos3', 'lanczos5'] as const) {
      const same = resize(row, [1, 7], { interpolation, antialias: true });
      expect(relativeError(await same.data(), await row.data())).toBeLessThan(1e-6);
    }
  });

  it('weighs only fractions', () => {
    expect(() => resize(zeros([1, 2, 2, 1], 'int32'), [3, 3], { interpolation: 'bicubic' })).toThrow(DTypeError);
  });
});
