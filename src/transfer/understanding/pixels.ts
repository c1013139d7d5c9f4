import type { Tensor } from '../../tensor/index.js';

/**
 * Pictures as bytes, red first, whatever numbers they are made of: 0 to 255, 0 to 1, -1 to 1, or others, whose least one
 * becomes black and whose largest one white.
 * @param pictures `[n, height, width, 1 or 3]`, all made of the same kind of numbers
 * @returns `n * height * width * 3` bytes
 */
export async function pixelsOf(pictures: Tensor): Promise<Uint8Array> {
  const values = await pictures.data();
  const channels = pictures.shape[3] as number;
  let least = Infinity;
  let largest = -Infinity;
  for (const value of values) {
    least = Math.min(least, value);
    largest = Math.max(largest, value);
  }
  const [black, white] = rangeOf(least, largest);
  return Uint8Array.from({ length: (values.length / channels) * 3 }, (_, at) => {
    const value = values[channels === 3 ? at : Math.floor(at / 3)] as number;
    return Math.min(255, Math.max(0, Math.round((255 * (value - black)) / (white - black))));
  });
}

function rangeOf(least: number, largest: number): readonly [black: number, white: number] {
  if (least >= 0 && largest <= 1) return [0, 1];
  if (least >= -1 && largest <= 1) return [-1, 1];
  if (least >= 0 && largest <= 255) return [0, 255];
  return [least, largest];
}
