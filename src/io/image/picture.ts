/** A decoded picture. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** `height * width * 3` numbers from 0 to 255: row by row, red first. */
  readonly data: Uint8Array | Uint8ClampedArray;
}

/** Most pixels a picture may have: 400 MB once it is decoded. Cameras make half of that; bombs claim billions. */
export const maxPixels = 2 ** 27;

/** Keeps the first three of four channels: alpha is dropped, colours stay as they are. */
export function dropAlpha({ data, width, height }: Picture): Picture {
  const colours = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < colours.length; from += 4, to += 3) {
    colours[to] = data[from] as number;
    colours[to + 1] = data[from + 1] as number;
    colours[to + 2] = data[from + 2] as number;
  }
  return { width, height, data: colours };
}
