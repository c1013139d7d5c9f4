import type { PadPair, Size2d } from '../../../ops/primitives.js';
import type { Shape } from '../../../shape.js';

/** How windows lie over a batch of images, for convolutions and pooling alike. */
export interface Windows {
  readonly batch: number;
  readonly inputSize: Size2d;
  readonly outputSize: Size2d;
  readonly windowSize: Size2d;
  readonly strides: Size2d;
  readonly dilations: Size2d;
  readonly padding: readonly [PadPair, PadPair];
}

/** Windows of `windowSize` over NHWC images, from the shapes of both sides. */
export function windowsOver(
  inputShape: Shape,
  outputShape: Shape,
  windowSize: Size2d,
  params: { readonly strides: Size2d; readonly dilations?: Size2d; readonly padding: readonly [PadPair, PadPair] },
): Windows {
  const [batch, ...inputSize] = inputShape.slice(0, 3) as [number, number, number];
  const outputSize = outputShape.slice(1, 3) as [number, number];
  return { dilations: [1, 1], ...params, batch, inputSize, outputSize, windowSize };
}

/** Number of windows, which is the number of output pixels. */
export function countWindows({ batch, outputSize }: Windows): number {
  return batch * outputSize[0] * outputSize[1];
}

/**
 * Pixels that a pixel of the other side is connected to, in row-major order of the window, without padding. A pixel is
 * counted over the whole batch: its channels start at `pixel * channels`.
 */
export interface Taps {
  count: number;
  readonly pixels: Int32Array;
  /** Where in the window each of them is seen: `row * width + column`. */
  readonly positions: Int32Array;
}

function noTaps([height, width]: Size2d): Taps {
  return { count: 0, pixels: new Int32Array(height * width), positions: new Int32Array(height * width) };
}

/** Calls `visit` for each output pixel in `[first, end)`, with the input pixels its window sees. `taps` is reused. */
export function forEachWindow(
  windows: Windows,
  visit: (pixel: number, taps: Taps) => void,
  first = 0,
  end = countWindows(windows),
): void {
  const { inputSize, outputSize, windowSize, strides, dilations, padding } = windows;
  const [inputHeight, inputWidth] = inputSize;
  const [outputHeight, outputWidth] = outputSize;
  const [windowHeight, windowWidth] = windowSize;
  const [rowDilation, columnDilation] = dilations;
  const taps = noTaps(windowSize);
  const { pixels, positions } = taps;
  for (let pixel = first; pixel < end; pixel++) {
    const image = Math.floor(pixel / (outputHeight * outputWidth));
    const top = (Math.floor(pixel / outputWidth) % outputHeight) * strides[0] - padding[0][0];
    const left = (pixel % outputWidth) * strides[1] - padding[1][0];
    let count = 0;
    for (let i = 0; i < windowHeight; i++) {
      const row = top + i * rowDilation;
      if (row < 0 || row >= inputHeight) continue;
      for (let j = 0; j < windowWidth; j++) {
        const column = left + j * columnDilation;
        if (column < 0 || column >= inputWidth) continue;
        pixels[count] = (image * inputHeight + row) * inputWidth + column;
        positions[count++] = i * windowWidth + j;
      }
    }
    taps.count = count;
    visit(pixel, taps);
  }
}

/** Calls `visit` for each input pixel, with the output pixels whose windows see it. `taps` is reused. */
export function forEachInputPixel(windows: Windows, visit: (pixel: number, taps: Taps) => void): void {
  const { batch, inputSize, outputSize, windowSize, strides, dilations, padding } = windows;
  const [inputHeight, inputWidth] = inputSize;
  const [outputHeight, outputWidth] = outputSize;
  const [windowHeight, windowWidth] = windowSize;
  const taps = noTaps(windowSize);
  const { pixels, positions } = taps;
  const end = batch * inputHeight * inputWidth;
  for (let pixel = 0; pixel < end; pixel++) {
    const image = Math.floor(pixel / (inputHeight * inputWidth));
    const bottom = (Math.floor(pixel / inputWidth) % inputHeight) + padding[0][0];
    const right = (pixel % inputWidth) + padding[1][0];
    let count = 0;
    for (let i = 0; i < windowHeight; i++) {
      // The window whose i-th row is here starts this far down; there is one if strides lead there.
      const top = bottom - i * dilations[0];
      if (top < 0 || top % strides[0] !== 0) continue;
      const row = top / strides[0];
      if (row >= outputHeight) continue;
      for (let j = 0; j < windowWidth; j++) {
        const left = right - j * dilations[1];
        if (left < 0 || left % strides[1] !== 0) continue;
        const column = left / strides[1];
        if (column >= outputWidth) continue;
        pixels[count] = (image * outputHeight + row) * outputWidth + column;
        positions[count++] = i * windowWidth + j;
      }
    }
    taps.count = count;
    visit(pixel, taps);
  }
}
