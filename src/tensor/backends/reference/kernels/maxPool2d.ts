import type { TypedArray } from '../../../dtype.js';
import type { Block, Kernel } from '../block.js';
import { forEachWindow, type Taps, windowsOver } from './windows.js';

/** Where in `x` the first maximum of one channel of a window is; NaN counts as largest. -1 if the window is empty. */
function firstMaximum(x: TypedArray, taps: Taps, channels: number, channel: number): number {
  const { count, pixels } = taps;
  if (count === 0) return -1;
  let place = (pixels[0] as number) * channels + channel;
  let best = x[place] as number;
  for (let t = 1; t < count && !Number.isNaN(best); t++) {
    const at = (pixels[t] as number) * channels + channel;
    const value = x[at] as number;
    if (value > best || Number.isNaN(value)) {
      best = value;
      place = at;
    }
  }
  return place;
}

/** The largest element of each window; padding never counts. */
export const maxPool2d: Kernel<'maxPool2d'> = (output, inputs, params) => {
  const y = output.data;
  const [{ data: x, shape }] = inputs as readonly [Block];
  const channels = shape[3] as number;
  forEachWindow(windowsOver(shape, output.shape, params.poolSize, params), (pixel, taps) => {
    for (let c = 0; c < channels; c++) {
      const place = firstMaximum(x, taps, channels, c);
      y[pixel * channels + c] = place < 0 ? -Infinity : (x[place] as number);
    }
  });
};

/** The element of `g`, which is as large as `x`, at the first maximum of `x` in each window. */
export const maxPool2dSelect: Kernel<'maxPool2dSelect'> = (output, inputs, params) => {
  const y = output.data;
  const [{ data: x, shape }, { data: g }] = inputs as readonly [Block, Block];
  const channels = shape[3] as number;
  forEachWindow(windowsOver(shape, output.shape, params.poolSize, params), (pixel, taps) => {
    for (let c = 0; c < channels; c++) {
      const place = firstMaximum(x, taps, channels, c);
      y[pixel * channels + c] = place < 0 ? 0 : (g[place] as number);
    }
  });
};

/** The transpose of `maxPool2dSelect`: each element of `dy` is added at the first maximum of `x` in its window. */
export const maxPool2dGradient: Kernel<'maxPool2dGradient'> = (output, inputs, params) => {
  const dx = output.data;
  const [{ data: x, shape }, { data: dy, shape: outputShape }] = inputs as readonly [Block, Block];
  const channels = shape[3] as number;
  dx.fill(0);
  forEachWindow(windowsOver(shape, outputShape, params.poolSize, params), (pixel, taps) => {
    for (let c = 0; c < channels; c++) {
      const place = firstMaximum(x, taps, channels, c);
      if (place >= 0) dx[place] = (dx[place] as number) + (dy[pixel * channels + c] as number);
    }
  });
};
