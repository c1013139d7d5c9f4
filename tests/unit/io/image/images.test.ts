import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ImageDecodeError, imageFolder, loadImages, MissingDependencyError } from 'mapache/io';
import { ArgumentError, ShapeError } from 'mapache/tensor';
import sharp, { type Sharp } from 'sharp';
import { afterAll, afterEach, describe, expect, it, vi } from 'vitest';
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

describe('imageFolder', () => {
  const photos = join(folder, 'photos');

  it('sorts classes and files by name, and reports what it left out', async () => {
    for (const path of ['tanuki/more', 'raccoon', '.cache']) mkdirSync(join(photos, path), { recursive: true });
    const write = (path: string, bytes: Uint8Array | string) => writeFileSync(join(photos, path), bytes);
    write('tanuki/b.png', await png(picture(1, [blue])));
    write('tanuki/a.png', await png(picture(1, [red])));
    write('tanuki/more/c.png', await png(picture(1, [red])));
    write('raccoon/z.png', await png(picture(1, [blue])));
    write('raccoon/broken.png', (await png(picture(1, [blue]))).subarray(0, 40));
    write('raccoon/notes.txt', 'no picture');
    write('raccoon/.hidden.png', 'does not count');
    write('readme.md', 'not in a class');
    symlinkSync(join(folder, 'nowhere'), join(photos, 'raccoon', 'link.png'));

    const data = await imageFolder(photos, { size: [1, 1] });
    expect(data.classNames).toEqual(['raccoon', 'tanuki']);
    expect(data.files).toEqual(['raccoon/z.png', 'tanuki/a.png', 'tanuki/b.png', 'tanuki/more/c.png']);
    expect([data.y.dtype, ...(await data.y.data())]).toEqual(['int32', 0, 1, 1, 1]);
    expect(data.x.shape).toEqual([4, 1, 1, 3]);
    expect([...(await data.x.data())]).toEqual([...blue, ...red, ...blue, ...red]);
    expect(data.skipped.map(({ file }) => file)).toEqual([
      'readme.md',
      'raccoon/broken.png',
      'raccoon/link.png',
      'raccoon/notes.txt',
    ]);
    for (const { reason } of data.skipped) expect(reason).not.toBe('');
  });

  it('needs folders of classes', async () => {
    const empty = join(folder, 'empty');
    mkdirSync(empty);
    await expect(imageFolder(empty, { size: [1, 1] })).rejects.toThrow(ArgumentError);
  });
});

describe('without the package sharp', () => {
  afterEach(() => {
    vi.doUnmock('sharp');
    vi.resetModules();
  });

  it('the error tells how to install it', async () => {
    vi.resetModules();
    vi.doMock('sharp', () => {
      throw new Error("Cannot find package 'sharp'");
    });
    const { loadImages: load } = await import('mapache/io');
    const error = await load([Uint8Array.of(1)], { size: [1, 1] }).catch((reason: unknown) => reason);
    // Another copy of the class, because the modules were loaded again.
    expect((error as Error).name).toBe(MissingDependencyError.name);
    expect((error as Error).message).toContain('npm install sharp');
  });
});
