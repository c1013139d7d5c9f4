import { input, layers, sequential } from 'mapache/layers';
import { ArgumentError, type Tensor, tensor } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';
import { relativeError } from '../../support/relative-error.js';

const picture = tensor(
  Float32Array.from({ length: 30 }, (_, i) => i),
  { shape: [1, 3, 10, 1] },
);

async function expectPixels(resized: Tensor, rows: readonly (readonly number[])[]): Promise<void> {
  expect(resized.shape).toEqual([1, rows.length, rows[0]?.length, 1]);
  expect(relativeError(await resized.data(), rows.flat())).toBeLessThan(1e-5);
}

// The numbers are those of Keras 3.15.1 on TensorFlow 2.21.
describe('layers for pictures of any size', () => {
  it('fill up what would be distorted, as many rows on either side', async () => {
    const sevens = [7, 7, 7, 7];
    await expectPixels(layers.resizing({ height: 4, width: 4, padToAspectRatio: true, fillValue: 7 }).apply(picture), [
      sevens,
      [1.53125, 3.71875, 5.90625, 8.09375],
      [19.03125, 21.21875, 23.40625, 25.59375],
      sevens,
    ]);
    await expectPixels(layers.resizing({ height: 2, width: 4, padToAspectRatio: true }).apply(picture), [
      [0.5625, 2.4375, 4.3125, 6.1875],
      [15.5625, 17.4375, 19.3125, 21.1875],
    ]);
  });

  it('cut off what would be distorted', async () => {
    const cut = layers.resizing({ height: 5, width: 2, cropToAspectRatio: true, interpolation: 'nearest' });
    await expectPixels(cut.apply(picture), [
      [4, 4],
      [4, 4],
      [14, 14],
      [24, 24],
      [24, 24],
    ]);
  });

  it('keep whole numbers whole, and round halves to even ones', async () => {
    const bytes = tensor(Uint8Array.of(0, 1, 2, 4, 255, 3, 5, 2, 1, 0), { shape: [1, 2, 5, 1] });
    const resized = layers.resizing({ height: 2, width: 3 }).apply(bytes);
    expect(resized.dtype).toBe('uint8');
    expect([...(await resized.data())]).toEqual([0, 2, 171, 4, 2, 0]);
    const halves = tensor(Int32Array.of(0, 1, 2, 3), { shape: [1, 1, 4, 1] });
    expect([...(await layers.resizing({ height: 1, width: 2 }).apply(halves).data())]).toEqual([0, 2]);
  });

  it('take the middle, and enlarge what is too small', async () => {
    await expectPixels(layers.centerCrop({ height: 2, width: 3 }).apply(picture), [
      [3, 4, 5],
      [13, 14, 15],
    ]);
    await expectPixels(layers.centerCrop({ height: 4, width: 4 }).apply(picture), [
      [3, 3.625, 4.375, 5],
      [9.25, 9.875, 10.625, 11.25],
      [16.75, 17.375, 18.125, 18.75],
      [23, 23.625, 24.375, 25],
    ]);
  });

  it('bring open sizes to known ones', () => {
    const open = input({ shape: [null, null, 3] });
    expect(layers.resizing({ height: 4, width: 5 }).apply(open).shape).toEqual([null, 4, 5, 3]);
    expect(layers.centerCrop({ height: 4, width: 5 }).apply(open).shape).toEqual([null, 4, 5, 3]);
    expect(layers.randomCrop({ height: 4, width: 5 }).apply(open).shape).toEqual([null, 4, 5, 3]);
    expect(() => layers.resizing({ height: 1, width: 1, cropToAspectRatio: true, padToAspectRatio: true })).toThrow(
      ArgumentError,
    );
  });
});

describe('layers that augment', () => {
  it('leave pictures alone in inference', async () => {
    const model = sequential([
      layers.inputLayer({ shape: [3, 10, 1] }),
      layers.randomFlip(),
      layers.randomRotation({ factor: 0.1 }),
    ]);
    expect(await model.apply(picture).data()).toEqual(await picture.data());
  });

  it('of Keras 2 that stretch pictures refuse to train, and say what to do', () => {
    expect(() => layers.randomHeight({ factor: 0.1 }).apply(picture, { training: true })).toThrow(
      /RandomHeight: expected to be run in inference, received training. Take the layer out/,
    );
  });

  it('say which options they need, and take plain data only', () => {
    expect(() => layers.randomRotation()).toThrow(/RandomRotation: expected factor to be given/);
    expect(() => layers.randomFlip({ mode: { deep: true } })).toThrow(/mode to be a number, a text/);
    expect(() => layers.randomFlip({ mode: 'diagonal' })).toThrow(/RandomFlip: expected mode to be 'horizontal' or/);
    expect(() => layers.randomZoom({ heightFactor: 1.5 })).toThrow(/heightFactor to be a finite number in \[-1, 1\]/);
    expect(() => layers.randomBrightness({ factor: 0.1, valueRange: [1, 1] })).toThrow(/valueRange to be two/);
    expect(() => layers.randomHue({ factor: 0.1 }).apply(picture, { training: true })).toThrow(
      /RandomHue: expected pictures with 3 channels/,
    );
  });
});
