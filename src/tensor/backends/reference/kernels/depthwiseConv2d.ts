import type { Block, Kernel } from '../block.js';
import { sumTaps, sumTapsMultiplied } from './depthwise.js';
import { forEachWindow, windowsOver } from './windows.js';

/** `y[c * multiplier + m]` is the sum over the window of `x[c] w[c, m]`. */
export const depthwiseConv2d: Kernel<'depthwiseConv2d'> = (output, inputs, params) => {
  const y = output.data;
  const [{ data: x, shape }, { data: w, shape: filterShape }] = inputs as readonly [Block, Block];
  const [height, width, channels, multiplier] = filterShape as readonly [number, number, number, number];
  const outputChannels = channels * multiplier;
  const totals = new Float64Array(outputChannels);
  forEachWindow(windowsOver(shape, output.shape, [height, width], params), (pixel, taps) => {
    if (multiplier === 1) sumTaps(totals, x, w, taps, channels);
    else sumTapsMultiplied(totals, x, w, taps, channels, multiplier);
    const to = pixel * outputChannels;
    for (let c = 0; c < outputChannels; c++) y[to + c] = totals[c] as number;
  });
};
