import { type Tensor, tensor } from 'mapache/tensor';
import { describe, it } from 'vitest';

// The reference data as a page gets them: `vitest.browser.config.ts` says where from.

const { MAPACHE_DATA_URL: folder, MAPACHE_NO_DATA: noData, MAPACHE_DATA_NEEDED: needed } = import.meta.env;

/** `describe` for tests of a page that need the reference data: as `describeWithData` is for those of Node. */
export function describeWithPageData(name: string, body: () => void): void {
  if (folder) {
    describe(name, body);
    return;
  }
  describe(name, () => {
    it('needs the reference data', ({ skip }) => {
      if (needed) throw new Error(noData);
      skip(noData);
    });
  });
}

/** Where a file of the reference data is for this page. */
export function dataUrl(path: string): URL {
  return new URL(path, new URL(folder as string, location.origin));
}

/** The first numbers of a file of `float32`. @throws {Error} if there are fewer. */
export async function fetchFloats(path: string, count: number): Promise<Float32Array> {
  const response = await fetch(dataUrl(path));
  if (!response.ok) throw new Error(`${path}: status ${response.status}`);
  return new Float32Array(await response.arrayBuffer(), 0, count);
}

/** Pictures as Keras was given them, of `[224, 224, 3]` numbers from -1 to 1: eight there are. */
export async function goldenPictures(count: number): Promise<Tensor> {
  const numbers = await fetchFloats('goldens/models/inputs/eight_224_tf.bin', count * 224 * 224 * 3);
  return tensor(numbers, { shape: [count, 224, 224, 3] });
}
