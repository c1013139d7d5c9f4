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
 * What one window covers, in row-major order, without padding. A pixel is counted over the whole batch: its channels
 * start at `pixel * channels`.
 */
export interface Taps {
  count: number;
  /** Input pixels. */
  readonly pixels: Int32Array;
  /** Where in the window each of them is seen: `row * width + column`. */
  readonly positions: Int32Array;
}

/** Calls `visit` for each output pixel in `[first, end)`, with what its window covers. `taps` is reused. */
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
  const pixels = new Int32Array(windowHeight * windowWidth);
  const positions = new Int32Array(windowHeight * windowWidth);
  const taps: Taps = { count: 0, pixels, positions };
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
