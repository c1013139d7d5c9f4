import type { Block, Kernel } from '../block.js';
import { forEachWindow, windowsOver } from './windows.js';

/** `dx[c]`, at each pixel a window sees, grows by the sum over `m` of `dy[c * multiplier + m] w[c, m]`. */
export const depthwiseConv2dInputGradient: Kernel<'depthwiseConv2dInputGradient'> = (output, inputs, params) => {
  const dx = output.data;
  const [{ data: dy, shape }, { data: w, shape: filterShape }] = inputs as readonly [Block, Block];
  const [height, width, channels, multiplier] = filterShape as readonly [number, number, number, number];
  const outputChannels = channels * multiplier;
  dx.fill(0);
  forEachWindow(windowsOver(output.shape, shape, [height, width], params), (pixel, taps) => {
    const from = pixel * outputChannels;
    for (let t = 0; t < taps.count; t++) {
      const p = (taps.pixels[t] as number) * channels;
      const q = (taps.positions[t] as number) * outputChannels;
      if (multiplier === 1) {
        for (let c = 0; c < channels; c++) {
          dx[p + c] = (dx[p + c] as number) + (dy[from + c] as number) * (w[q + c] as number);
        }
      } else {
        for (let c = 0, i = 0; c < channels; c++) {
          let total = 0;
          for (let m = 0; m < multiplier; m++, i++) total += (dy[from + i] as number) * (w[q + i] as number);
          dx[p + c] = (dx[p + c] as number) + total;
        }
      }
    }
  });
};
