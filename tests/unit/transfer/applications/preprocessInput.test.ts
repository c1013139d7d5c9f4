import { ShapeError, tensor } from 'mapache/tensor';
import { applications } from 'mapache/transfer';
import ndarray from 'ndarray';
import { describe, expect, test } from 'vitest';
import { relativeError } from '../../../support/relative-error.js';

const pixels = Uint8Array.of(0, 128, 255, 10, 20, 30, 250, 5, 99, 1, 2, 3);

/** Written out from the formulas in Keras's documentation. */
const formulas = {
  mobileNetV2: ([r, g, b]: readonly number[]) => [r, g, b].map((c) => (c as number) / 127.5 - 1),
  resNet50: ([r, g, b]: readonly number[]) => [
    (b as number) - 103.939,
    (g as number) - 116.779,
    (r as number) - 123.68,
  ],
  denseNet121: ([r, g, b]: readonly number[]) => [
    ((r as number) / 255 - 0.485) / 0.229,
    ((g as number) / 255 - 0.456) / 0.224,
    ((b as number) / 255 - 0.406) / 0.225,
  ],
  efficientNetB0: (pixel: readonly number[]) => [...pixel],
} as const;

describe.each(Object.entries(formulas))('preprocessInput of %s', (name, formula) => {
  const { preprocessInput, record } = applications[name as keyof typeof formulas];
  const expected = Float32Array.from([0, 3, 6, 9].flatMap((i) => formula([...pixels.subarray(i, i + 3)])));

  test('takes bytes', () => {
    const before = pixels.slice();
    expect(relativeError(preprocessInput(pixels), expected)).toBeLessThan(1e-6);
    expect(pixels).toEqual(before);
  });

  test('takes tensors of any rank', async () => {
    for (const shape of [
      [1, 2, 2, 3],
      [4, 3],
    ]) {
      const y = preprocessInput(tensor(pixels, { shape }));
      expect(y.shape).toEqual(shape);
      expect(y.dtype).toBe('float32');
      expect(relativeError(await y.data(), expected)).toBeLessThan(1e-6);
    }
  });

  test('takes views of arrays', () => {
    const turned = ndarray(pixels, [2, 2, 3]).transpose(1, 0, 2);
    const y = preprocessInput(turned);
    expect(y.shape).toEqual([2, 2, 3]);
    for (let i = 0; i < 12; i++) {
      const [row, column, channel] = [Math.floor(i / 6), Math.floor(i / 3) % 2, i % 3] as const;
      expect(y.get(column, row, channel)).toBeCloseTo(expected[i] as number, 4);
    }
  });

  test('says which numbers come out', () => {
    const extremes = [...preprocessInput(Uint8Array.of(0, 0, 0, 255, 255, 255))];
    const [low, high] = applications[name as keyof typeof formulas].build({ includeTop: false }).metadata
      .inputRange as readonly number[];
    expect(low).toBeCloseTo(Math.min(...extremes), 4);
    expect(high).toBeCloseTo(Math.max(...extremes), 4);
    expect(record.preprocessing).toBe(applications[name as keyof typeof formulas].build().metadata.preprocessing);
  });

  test('refuses pictures without three colours', () => {
    expect(() => preprocessInput(tensor([[1, 2]]))).toThrow(ShapeError);
    expect(() => preprocessInput(Uint8Array.of(1, 2, 3, 4))).toThrow(ShapeError);
    expect(() => preprocessInput(ndarray(new Float32Array(4), [2, 2]))).toThrow(ShapeError);
  });
});
