import { imageFolder, loadImages } from 'mapache/io';
import { describe, expect, test } from 'vitest';

// Pictures as somebody chooses them in a page, which decodes them itself.

type Color = readonly [red: number, green: number, blue: number];
const orange: Color = [230, 120, 20];
const blue: Color = [20, 60, 200];

/** A picture whose left half has one colour and whose right half another. */
async function halves(left: Color, right: Color, type = 'image/png', [width, height] = [24, 16]): Promise<Blob> {
  const canvas = new OffscreenCanvas(width as number, height as number);
  const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
  for (const [i, color] of [left, right].entries()) {
    context.fillStyle = `rgb(${color.join(' ')})`;
    context.fillRect((i * canvas.width) / 2, 0, canvas.width / 2, canvas.height);
  }
  return canvas.convertToBlob({ type, quality: 1 });
}

/** A file as `<input type="file" webkitdirectory>` gives it. */
function chosen(path: string, content: BlobPart): File {
  const file = new File([content], path.slice(path.lastIndexOf('/') + 1), { lastModified: 1 });
  return Object.defineProperty(file, 'webkitRelativePath', { value: path });
}

/** A JPEG file that says it is to be turned: EXIF with nothing but the orientation, behind the first marker. */
async function turned(jpeg: Blob, orientation: number): Promise<Blob> {
  const bytes = new Uint8Array(await jpeg.arrayBuffer());
  const tiff = [0x49, 0x49, 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0];
  const body = [...new TextEncoder().encode('Exif\0\0'), ...tiff];
  const exif = [0xff, 0xe1, 0, body.length + 2, ...body];
  return new Blob([bytes.slice(0, 2), new Uint8Array(exif), bytes.slice(2)]);
}

const close = (actual: ArrayLike<number>, expected: Color, within: number): void => {
  for (const [i, value] of expected.entries()) {
    expect(Math.abs((actual[i] as number) - value), `${Array.from(actual)} for ${expected}`).toBeLessThanOrEqual(
      within,
    );
  }
};

describe('pictures in a page', () => {
  test.each([
    ['image/png', 0],
    ['image/jpeg', 4],
    ['image/webp', 8],
  ])('%s comes with its colours, within %i of 255', async (type, within) => {
    const blob = await halves(orange, blue, type);
    expect(blob.type).toBe(type);
    const x = await loadImages([new Uint8Array(await blob.arrayBuffer())], { size: [16, 24] });
    expect(x.shape).toEqual([1, 16, 24, 3]);
    const pixels = await x.data();
    const at = (row: number, column: number) => pixels.subarray((row * 24 + column) * 3, (row * 24 + column) * 3 + 3);
    close(at(8, 2), orange, within);
    close(at(8, 21), blue, within);
  });

  test('are turned as their EXIF says', async () => {
    const photo = await turned(await halves(orange, blue, 'image/jpeg'), 6);
    const x = await loadImages([new Uint8Array(await photo.arrayBuffer())], { size: [24, 16] });
    const pixels = await x.data();
    const row = (at: number) => pixels.subarray((at * 16 + 8) * 3, (at * 16 + 8) * 3 + 3);
    // A quarter turn to the right: what was left is above.
    close(row(2), orange, 4);
    close(row(21), blue, 4);
  });

  test('of a folder that was chosen make a data set; what is broken is listed', async () => {
    const whole = await halves(orange, blue, 'image/jpeg');
    const files = [
      chosen('pets/cats/one.png', await halves(orange, orange)),
      chosen('pets/cats/two.jpg', whole),
      chosen('pets/dogs/one.webp', await halves(blue, blue, 'image/webp')),
      chosen('pets/dogs/two.png', await halves(blue, orange)),
      chosen('pets/dogs/cut.jpg', whole.slice(0, whole.size / 3)),
      chosen('pets/dogs/notes.txt', 'not a picture'),
      chosen('pets/dogs/.hidden.png', 'does not count'),
    ];
    const { train, classNames, skipped } = await imageFolder(files, { size: [8, 8] });
    expect(classNames).toEqual(['cats', 'dogs']);
    expect(train.files).toEqual(['cats/one.png', 'cats/two.jpg', 'dogs/one.webp', 'dogs/two.png']);
    expect(skipped.map(({ file }) => file)).toEqual(['dogs/cut.jpg', 'dogs/notes.txt']);
    const { x, y } = await train.gather(Int32Array.of(0, 3));
    if (!('data' in x) || y === undefined || !('data' in y)) throw new Error('one tensor each was expected');
    close((await x.data()).subarray(0, 3), orange, 0);
    expect([...(await y.data())]).toEqual([0, 1]);
  });
});
