import type { Block, Kernel } from '../block.js';
import { sumTaps } from './depthwise.js';
import { forEachInputPixel, windowsOver } from './windows.js';

/** `dx[c]` is the sum over the windows that see the pixel, and over `m`, of `dy[c * multiplier + m] w[c, m]`. */
export const depthwiseConv2dInputGradient: Kernel<'depthwiseConv2dInputGradient'> = (output, inputs, params) => {
  const dx = output.data;
  const [{ data: dy, shape }, { data: w, shape: filterShape }] = inputs as readonly [Block, Block];
  const [height, width, channels, multiplier] = filterShape as readonly [number, number, number, number];
  const totals = new Float64Array(channels * multiplier);
  forEachInputPixel(windowsOver(output.shape, shape, [height, width], params), (pixel, taps) => {
    sumTaps(totals, dy, w, taps, channels * multiplier);
    for (let c = 0, i = 0; c < channels; c++) {
      let sum = 0;
      for (let m = 0; m < multiplier; m++, i++) sum += totals[i] as number;
      dx[pixel * channels + c] = sum;
    }
  });
};
