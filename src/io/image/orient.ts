import type { Picture } from './picture.js';

/** How to make a picture upright: whether rows and columns change places first, and which of them are then reversed. */
interface Turn {
  readonly transposed: boolean;
  readonly mirrored: boolean;
  readonly upsideDown: boolean;
}

const turn = (transposed: boolean, mirrored: boolean, upsideDown: boolean): Turn => ({
  transposed,
  mirrored,
  upsideDown,
});

/** By EXIF's number. */
const turns: Readonly<Record<number, Turn>> = {
  2: turn(false, true, false),
  3: turn(false, true, true),
  4: turn(false, false, true),
  5: turn(true, false, false),
  6: turn(true, true, false),
  7: turn(true, true, true),
  8: turn(true, false, true),
};

/** Turns a picture upright that was stored with EXIF's orientation 1, upright, to 8. */
export function orient(picture: Picture, orientation: number): Picture {
  const needed = turns[orientation];
  if (needed === undefined) return picture;
  const { transposed, mirrored, upsideDown } = needed;
  const [width, height] = transposed ? [picture.height, picture.width] : [picture.width, picture.height];
  const data = new Uint8Array(width * height * 3);
  let to = 0;
  for (let y = 0; y < height; y++) {
    const row = upsideDown ? height - 1 - y : y;
    for (let x = 0; x < width; x++) {
      const column = mirrored ? width - 1 - x : x;
      const from = 3 * (transposed ? column * picture.width + row : row * picture.width + column);
      for (let c = 0; c < 3; c++) data[to++] = picture.data[from + c] as number;
    }
  }
  return { width, height, data };
}
