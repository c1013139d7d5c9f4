import type { Block, Kernel } from '../block.js';
import { forEachWindow, windowsOver } from './windows.js';

/** `y[c * multiplier + m] = sum over the window of x[c] w[c, m]`. */
export const depthwiseConv2d: Kernel<'depthwiseConv2d'> = (output, inputs, params) => {
  const y = output.data;
  const [{ data: x, shape }, { data: w, shape: filterShape }] = inputs as readonly [Block, Block];
  const [height, width, channels, multiplier] = filterShape as readonly [number, number, number, number];
  const outputChannels = channels * multiplier;
  const totals = new Float64Array(outputChannels);
  forEachWindow(windowsOver(shape, output.shape, [height, width], params), (pixel, taps) => {
    totals.fill(0);
    for (let t = 0; t < taps.count; t++) {
      const p = (taps.pixels[t] as number) * channels;
      const q = (taps.positions[t] as number) * outputChannels;
      if (multiplier === 1) {
        for (let c = 0; c < channels; c++) {
          totals[c] = (totals[c] as number) + (x[p + c] as number) * (w[q + c] as number);
        }
      } else {
        for (let c = 0, i = 0; c < channels; c++) {
          const value = x[p + c] as number;
          for (let m = 0; m < multiplier; m++, i++) totals[i] = (totals[i] as number) + value * (w[q + i] as number);
        }
      }
    }
    const to = pixel * outputChannels;
    for (let c = 0; c < outputChannels; c++) y[to + c] = totals[c] as number;
  });
};
