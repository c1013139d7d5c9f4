import type { Tensor } from '../../tensor/index.js';

/** A picture as bytes. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** `height * width * 3` bytes: row by row, red first. */
  readonly data: Uint8Array;
}

/**
 * Pictures as bytes, whatever numbers they are made of: 0 to 255, 0 to 1, -1 to 1, or others, whose least one becomes
 * black and whose largest one white. All of them are taken to be made of the same.
 * @param pictures `[height, width, 1 or 3]`
 */
export async function pixelsOf(pictures: readonly Tensor[]): Promise<readonly Pixels[]> {
  const values = await Promise.all(pictures.map((picture) => picture.data()));
  let least = Infinity;
  let largest = -Infinity;
  for (const numbers of values) {
    for (const value of numbers) {
      least = Math.min(least, value);
      largest = Math.max(largest, value);
    }
  }
  const [black, white] = rangeOf(least, largest);
  return pictures.map(({ shape: [height = 0, width = 0, channels = 0] }, i) => {
    const numbers = values[i] ?? [];
    const data = Uint8Array.from({ length: height * width * 3 }, (_, at) => {
      const value = numbers[channels === 3 ? at : Math.floor(at / 3)] as number;
      return Math.min(255, Math.max(0, Math.round((255 * (value - black)) / (white - black))));
    });
    return { width, height, data };
  });
}

function rangeOf(least: number, largest: number): readonly [black: number, white: number] {
  if (least >= 0 && largest <= 1) return [0, 1];
  if (least >= -1 && largest <= 1) return [-1, 1];
  if (least >= 0 && largest <= 255) return [0, 255];
  return [least, largest];
}
