import { coordinates } from './indexing.js';
import { type KernelBuilder, type Quad, quadOf, thread } from './kernelBuilder.js';
import { elementIndices } from './walk.js';

/** Where a thread is in images: at one pixel, with one channel or four neighbouring ones. */
export interface Pixel {
  readonly image: string;
  readonly row: string;
  readonly column: string;
  /** The numbers of these channels at a pixel, counted over all images, of an array with as many channels. */
  read(array: string, pixel: string): readonly string[];
}

/**
 * Four numbers of images `[n, h, w, c]`. If channels come in fours, `body` computes them together; else it is written four
 * times, each for a number at a place of its own.
 */
export function forPixels(
  kernel: KernelBuilder,
  shape: readonly number[],
  body: (pixel: Pixel) => readonly string[],
): Quad {
  const channels = shape.at(-1) as number;
  const outer = shape.slice(0, -1);
  if (channels % 4 === 0) {
    const stride = kernel.size(channels / 4);
    const [image, row, column, quad] = coordinates(kernel, thread, [...outer, channels / 4]) as PixelCoordinates;
    const read = (array: string, pixel: string): readonly string[] =>
      kernel.quad(array, kernel.let(`(${pixel}) * ${stride} + ${quad}`, 'k'));
    return quadOf(body({ image, row, column, read }));
  }
  const stride = kernel.size(channels);
  const size = shape.reduce((product, length) => product * length, 1);
  const numbers = elementIndices(kernel).map((index) => {
    const [image, row, column, channel] = coordinates(kernel, index, shape, size + 4) as PixelCoordinates;
    const read = (array: string, pixel: string): readonly string[] => [
      kernel.element(array, `(${pixel}) * ${stride} + ${channel}`),
    ];
    return body({ image, row, column, read })[0] as string;
  });
  return quadOf(numbers);
}

type PixelCoordinates = readonly [string, string, string, string];
