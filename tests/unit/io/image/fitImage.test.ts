import { cast, resizeBilinear, wrap } from 'mapache/tensor';
import { expect, it } from 'vitest';
import { fitImage } from '../../../../src/io/image/fitImage.js';

it.each([
  [40, 30, [16, 16]],
  [7, 5, [64, 48]],
  [333, 1, [10, 3]],
  [12, 12, [12, 12]],
] as const)('resizes %i x %i to %j as the operation does', async (width, height, size) => {
  const data = Uint8Array.from({ length: width * height * 3 }, (_, i) => (i * i * 31) & 255);
  const batch = new Float32Array(2 * size[0] * size[1] * 3);
  fitImage({ width, height, data }, size, batch, 1);
  const pixels = cast(wrap(data, [1, height, width, 3], 'uint8'), 'float32');
  const expected = await resizeBilinear(pixels, size).data();
  const written = batch.subarray(batch.length / 2);
  expect(batch.subarray(0, batch.length / 2).every((value) => value === 0)).toBe(true);
  // Three roundings of numbers up to 255; engines with fused operations round less often.
  const bound = 3 * 255 * 2 ** -24;
  for (const [i, value] of expected.entries()) {
    expect(Math.abs((written[i] as number) - value)).toBeLessThanOrEqual(bound * 2);
  }
});
