import type { Block, Kernel } from '../block.js';
import { forEachWindow, windowsOver } from './windows.js';

/** `dw[c, m]`, at each place of the window, is the sum over windows of `x[c] dy[c * multiplier + m]`. */
export const depthwiseConv2dFilterGradient: Kernel<'depthwiseConv2dFilterGradient'> = (output, inputs, params) => {
  const [{ data: x, shape }, { data: dy, shape: outputShape }] = inputs as readonly [Block, Block];
  const [height, width, channels, multiplier] = output.shape as readonly [number, number, number, number];
  const outputChannels = channels * multiplier;
  const dw = new Float64Array(output.data.length);
  forEachWindow(windowsOver(shape, outputShape, [height, width], params), (pixel, taps) => {
    const from = pixel * outputChannels;
    for (let t = 0; t < taps.count; t++) {
      const p = (taps.pixels[t] as number) * channels;
      const q = (taps.positions[t] as number) * outputChannels;
      if (multiplier === 1) {
        for (let c = 0; c < channels; c++) {
          dw[q + c] = (dw[q + c] as number) + (x[p + c] as number) * (dy[from + c] as number);
        }
      } else {
        for (let c = 0, i = 0; c < channels; c++) {
          const value = x[p + c] as number;
          for (let m = 0; m < multiplier; m++, i++)
            dw[q + i] = (dw[q + i] as number) + value * (dy[from + i] as number);
        }
      }
    }
  });
  output.data.set(dw);
};
