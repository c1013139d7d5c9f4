import type { Block, Kernel } from '../block.js';
import { forEachWindow, windowsOver } from './windows.js';

/** The mean of what each window sees; padding does not count, as in TensorFlow. */
export const avgPool2d: Kernel<'avgPool2d'> = (output, inputs, params) => {
  const y = output.data;
  const [{ data: x, shape }] = inputs as readonly [Block];
  const channels = shape[3] as number;
  const totals = new Float64Array(channels);
  forEachWindow(windowsOver(shape, output.shape, params.poolSize, params), (pixel, taps) => {
    totals.fill(0);
    for (let t = 0; t < taps.count; t++) {
      const from = (taps.pixels[t] as number) * channels;
      for (let c = 0; c < channels; c++) totals[c] = (totals[c] as number) + (x[from + c] as number);
    }
    const to = pixel * channels;
    for (let c = 0; c < channels; c++) y[to + c] = (totals[c] as number) / taps.count;
  });
};

/** Each element of `dy` is shared evenly by what its window sees. */
export const avgPool2dGradient: Kernel<'avgPool2dGradient'> = (output, inputs, params) => {
  const dx = output.data;
  const [{ data: dy, shape }] = inputs as readonly [Block];
  const channels = shape[3] as number;
  dx.fill(0);
  forEachWindow(windowsOver(output.shape, shape, params.poolSize, params), (pixel, taps) => {
    const from = pixel * channels;
    for (let t = 0; t < taps.count; t++) {
      const to = (taps.pixels[t] as number) * channels;
      for (let c = 0; c < channels; c++) dx[to + c] = (dx[to + c] as number) + (dy[from + c] as number) / taps.count;
    }
  });
};
