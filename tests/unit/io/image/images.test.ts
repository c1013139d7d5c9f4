import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImageDecodeError, loadImages } from 'mapache/io';
import { ArgumentError, ShapeError } from 'mapache/tensor';
import sharp, { type Sharp } from 'sharp';
import { afterAll, describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../../support/sandbox.js';

const folder = temporaryFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A picture of these pixels, row by row. */
function picture(width: number, pixels: readonly (readonly number[])[]): Sharp {
  const channels = pixels[0]?.length as 1 | 3 | 4;
  return sharp(Uint8Array.from(pixels.flat()), { raw: { width, height: pixels.length / width, channels } });
}

const red = [255, 0, 0];
const blue = [0, 0, 255];
const png = async (image: Sharp) => new Uint8Array(await image.png().toBuffer());

describe('loadImages', () => {
  it('gives pixels as they are, red first, 0 to 255', async () => {
    const bytes = await png(
      picture(2, [
        [1, 2, 3],
        [4, 5, 6],
        [7, 8, 9],
        [10, 11, 12],
      ]),
    );
    const x = await loadImages([bytes], { size: [2, 2] });
    expect([x.shape, x.dtype]).toEqual([[1, 2, 2, 3], 'float32']);
    expect([...(await x.data())]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it('takes paths and bytes, in their order', async () => {
    const path = join(folder, 'blue.png');
    writeFileSync(path, await png(picture(1, [blue])));
    const x = await loadImages([await png(picture(1, [red])), path], { size: [1, 1] });
    expect([...(await x.data())]).toEqual([...red, ...blue]);
  });

  it('resizes like tf.image.resize: half-pixel centres, no smoothing', async () => {
    const row = (values: readonly number[]) => values.map((value) => [value, value, value]);
    const bytes = await png(picture(6, row([0, 10, 20, 40, 80, 160])));
    const half = await (await loadImages([bytes], { size: [1, 3] })).data();
    expect([...half].filter((_, i) => i % 3 === 0)).toEqual([5, 30, 120]);
    // Centres at 0.5, 3.5 and so on of twelve: a quarter and three quarters of two neighbours, and the edge itself.
    const double = await (await loadImages([bytes], { size: [1, 12] })).data();
    expect([...double].filter((_, i) => i % 3 === 0)).toEqual([0, 2.5, 7.5, 12.5, 17.5, 25, 35, 50, 70, 100, 140, 160]);
    // A third: every third pixel alone. Smoothing would mix in its neighbours.
    const third = await (await loadImages([bytes], { size: [1, 2] })).data();
    expect([...third].filter((_, i) => i % 3 === 0)).toEqual([10, 80]);
  });

  it('turns pictures upright as their EXIF data says', async () => {
    const lying = picture(3, [red, red, blue]).withMetadata({ orientation: 6 });
    const x = await loadImages([new Uint8Array(await lying.tiff({ compression: 'none' }).toBuffer())], {
      size: [3, 1],
    });
    expect([...(await x.data())]).toEqual([...red, ...red, ...blue]);
  });

  it.each([
    ['grey', picture(1, [[7]]).toColourspace('b-w'), [7, 7, 7]],
    ['with alpha', picture(1, [[10, 20, 30, 0]]), [10, 20, 30]],
    ['of 16 bits', picture(1, [[200, 20, 30]]).toColourspace('rgb16'), [200, 20, 30]],
  ])('makes three channels of a picture %s', async (_, image, expected) => {
    const x = await loadImages([await png(image)], { size: [1, 1] });
    expect([...(await x.data())]).toEqual(expected);
  });

  it('names a picture that cannot be read', async () => {
    const path = join(folder, 'broken.jpg');
    const whole = await picture(16, Array(256).fill(red)).jpeg().toBuffer();
    writeFileSync(path, whole.subarray(0, whole.length / 2));
    await expect(loadImages([path], { size: [1, 1] })).rejects.toThrow(ImageDecodeError);
    await expect(loadImages([path], { size: [1, 1] })).rejects.toThrow(path);
    await expect(loadImages([join(folder, 'none.png')], { size: [1, 1] })).rejects.toThrow(ImageDecodeError);
    await expect(loadImages([Uint8Array.of(1, 2, 3)], { size: [1, 1] })).rejects.toThrow("'bytes 0'");
  });

  it.each([[[1]], [[0, 1]], [[1.5, 2]], [undefined]])('refuses the size %j', async (size) => {
    await expect(loadImages([], { size: size as never })).rejects.toThrow(ArgumentError);
  });

  it('refuses more pictures than one tensor holds, before it reads any', async () => {
    await expect(loadImages(Array(1000).fill('x.png'), { size: [1000, 1000] })).rejects.toThrow(ShapeError);
  });
});
