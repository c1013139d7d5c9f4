import type { ResizeParams } from '../../../ops/primitives.js';
import { nearestSamples } from '../../../ops/sampling.js';
import type { Shape } from '../../../shape.js';
import type { Block, Kernel } from '../block.js';

export const resizeNearest: Kernel<'resizeNearest'> = (output, inputs, params) => {
  const y = output.data;
  const [{ data: x, shape }] = inputs as readonly [Block];
  forEachSample(shape, params, (from, to, channels) => {
    for (let c = 0; c < channels; c++) y[to + c] = x[from + c] as number;
  });
};

/** The transpose: every pixel of `dx` adds up the pixels of `dy` that copied it. */
export const resizeNearestGradient: Kernel<'resizeNearestGradient'> = (output, inputs, params) => {
  const [{ data: dy }] = inputs as readonly [Block];
  const dx = new Float64Array(output.data.length);
  forEachSample(output.shape, params, (from, to, channels) => {
    for (let c = 0; c < channels; c++) dx[from + c] = (dx[from + c] as number) + (dy[to + c] as number);
  });
  output.data.set(dx);
};

/** Calls `visit` with where the channels of each resized pixel start, and those of the pixel it copies. */
function forEachSample(
  shape: Shape,
  params: ResizeParams,
  visit: (from: number, to: number, channels: number) => void,
): void {
  const [batch, height, width, channels] = shape as readonly [number, number, number, number];
  const rows = nearestSamples(height, params.size[0], params);
  const columns = nearestSamples(width, params.size[1], params);
  let to = 0;
  for (let image = 0; image < batch; image++) {
    for (const row of rows) {
      for (const column of columns) {
        visit(((image * height + row) * width + column) * channels, to, channels);
        to += channels;
      }
    }
  }
}
