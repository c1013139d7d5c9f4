import type { Block, Kernel } from '../block.js';
import { addTapProducts } from './depthwise.js';
import { forEachWindow, windowsOver } from './windows.js';

/** `dw[c, m]`, at each place of the window, is the sum over windows of `x[c] dy[c * multiplier + m]`. */
export const depthwiseConv2dFilterGradient: Kernel<'depthwiseConv2dFilterGradient'> = (output, inputs, params) => {
  const [{ data: x, shape }, { data: dy, shape: outputShape }] = inputs as readonly [Block, Block];
  const [height, width, channels, multiplier] = output.shape as readonly [number, number, number, number];
  const dw = new Float64Array(output.data.length);
  forEachWindow(windowsOver(shape, outputShape, [height, width], params), (pixel, taps) => {
    addTapProducts(dw, x, dy, pixel * channels * multiplier, taps, channels, multiplier);
  });
  output.data.set(dw);
};
