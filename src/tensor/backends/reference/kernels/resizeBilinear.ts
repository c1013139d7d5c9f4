import type { ResizeParams } from '../../../ops/primitives.js';
import { linearSamples } from '../../../ops/sampling.js';
import type { Shape } from '../../../shape.js';
import type { Block, Kernel } from '../block.js';

export const resizeBilinear: Kernel<'resizeBilinear'> = (output, inputs, params) => {
  const y = output.data;
  const [{ data: x, shape }] = inputs as readonly [Block];
  const channels = shape[3] as number;
  forEachSample(shape, params, ({ topLeft, topRight, bottomLeft, bottomRight, right, down }, to) => {
    for (let c = 0; c < channels; c++) {
      const top = interpolate(x[topLeft + c] as number, x[topRight + c] as number, right);
      const bottom = interpolate(x[bottomLeft + c] as number, x[bottomRight + c] as number, right);
      y[to + c] = interpolate(top, bottom, down);
    }
  });
};

function interpolate(a: number, b: number, weight: number): number {
  return a + (b - a) * weight;
}

/** The transpose: every element of `dy` is shared by the four pixels it came from, by their weights. */
export const resizeBilinearGradient: Kernel<'resizeBilinearGradient'> = (output, inputs, params) => {
  const [{ data: dy }] = inputs as readonly [Block];
  const channels = output.shape[3] as number;
  const dx = new Float64Array(output.data.length);
  forEachSample(output.shape, params, ({ topLeft, topRight, bottomLeft, bottomRight, right, down }, to) => {
    for (let c = 0; c < channels; c++) {
      const bottom = (dy[to + c] as number) * down;
      const top = (dy[to + c] as number) - bottom;
      dx[topLeft + c] = (dx[topLeft + c] as number) + top * (1 - right);
      dx[topRight + c] = (dx[topRight + c] as number) + top * right;
      dx[bottomLeft + c] = (dx[bottomLeft + c] as number) + bottom * (1 - right);
      dx[bottomRight + c] = (dx[bottomRight + c] as number) + bottom * right;
    }
  });
  output.data.set(dx);
};

/** Where the channels of the four pixels around a source point start, and how far right and down of the first it is. */
interface Corners {
  topLeft: number;
  topRight: number;
  bottomLeft: number;
  bottomRight: number;
  right: number;
  down: number;
}

/** Calls `visit` for each resized pixel with its source and where its own channels start. `corners` is reused. */
function forEachSample(shape: Shape, params: ResizeParams, visit: (corners: Corners, to: number) => void): void {
  const [batch, height, width, channels] = shape as readonly [number, number, number, number];
  const [outputHeight, outputWidth] = params.size;
  const rows = linearSamples(height, outputHeight, params);
  const columns = linearSamples(width, outputWidth, params);
  const corners: Corners = { topLeft: 0, topRight: 0, bottomLeft: 0, bottomRight: 0, right: 0, down: 0 };
  let to = 0;
  for (let image = 0; image < batch; image++) {
    for (let i = 0; i < outputHeight; i++) {
      const top = (image * height + (rows.lower[i] as number)) * width;
      const bottom = (image * height + (rows.upper[i] as number)) * width;
      corners.down = rows.weight[i] as number;
      for (let j = 0; j < outputWidth; j++, to += channels) {
        const left = columns.lower[j] as number;
        const right = columns.upper[j] as number;
        corners.topLeft = (top + left) * channels;
        corners.topRight = (top + right) * channels;
        corners.bottomLeft = (bottom + left) * channels;
        corners.bottomRight = (bottom + right) * channels;
        corners.right = columns.weight[j] as number;
        visit(corners, to);
      }
    }
  }
}
