import type { TypedArray } from '../../../dtype.js';
import type { Convolution } from './convolution.js';
import type { Matrix } from './gemm.js';
import { countWindows, forEachWindow } from './windows.js';

/** Some rows of the patch matrix of one group: those of `count` output pixels from `first` on. */
export interface Strip {
  readonly first: number;
  readonly count: number;
  readonly group: number;
  /** Either room for copies, which the next strip will use again, or the image itself. */
  readonly patches: Matrix;
  readonly isCopy: boolean;
}

/** A strip holds about this many numbers at most. */
const stripLimit = 2 ** 18;

/**
 * Cuts the patch matrices of `image` into strips. For 1x1 windows at stride 1 the patch matrix is the image and nothing
 * needs to be copied; otherwise it is up to `visit` to copy patches out of the image or back into it.
 */
export function forEachStrip(image: TypedArray, convolution: Convolution, visit: (strip: Strip) => void): void {
  const { groups, inputChannels, patchSize } = convolution;
  const pixels = countWindows(convolution);
  const count = Math.min(pixels, Math.max(1, Math.floor(stripLimit / patchSize)));
  const copies = isPointwise(convolution) ? null : new Float64Array(count * patchSize);
  for (let first = 0; first < pixels; first += count) {
    for (let group = 0; group < groups; group++) {
      const patches: Matrix = copies
        ? { data: copies, start: 0, rowStep: patchSize, columnStep: 1 }
        : {
            data: image,
            start: (first * groups + group) * inputChannels,
            rowStep: groups * inputChannels,
            columnStep: 1,
          };
      visit({ first, count: Math.min(count, pixels - first), group, patches, isCopy: copies !== null });
    }
  }
}

function isPointwise({ windowSize, strides, padding }: Convolution): boolean {
  return [...windowSize, ...strides].every((size) => size === 1) && padding.flat().every((size) => size === 0);
}

/** Copies what the windows of a strip see from the image into the strip ("im2col"). */
export function gatherPatches(strip: Strip, image: TypedArray, convolution: Convolution): void {
  if (!strip.isCopy) return;
  const patches = strip.patches.data;
  const { inputChannels } = convolution;
  patches.fill(0);
  forEachCopy(strip, convolution, (inPatches, inImage) => {
    for (let c = 0; c < inputChannels; c++) patches[inPatches + c] = image[inImage + c] as number;
  });
}

/** Adds the patches of a strip to the pixels they were seen at ("col2im"). */
export function scatterPatches(strip: Strip, image: TypedArray, convolution: Convolution): void {
  if (!strip.isCopy) return;
  const patches = strip.patches.data;
  const { inputChannels } = convolution;
  forEachCopy(strip, convolution, (inPatches, inImage) => {
    for (let c = 0; c < inputChannels; c++) {
      image[inImage + c] = (image[inImage + c] as number) + (patches[inPatches + c] as number);
    }
  });
}

/** Calls `visit` with where one input pixel's channels start: in the patches, and in the image. */
function forEachCopy(
  { first, count, group }: Strip,
  convolution: Convolution,
  visit: (inPatches: number, inImage: number) => void,
): void {
  const { groups, inputChannels, patchSize } = convolution;
  forEachWindow(
    convolution,
    (pixel, taps) => {
      const patch = (pixel - first) * patchSize;
      for (let t = 0; t < taps.count; t++) {
        const position = taps.positions[t] as number;
        const inputPixel = taps.pixels[t] as number;
        visit(patch + position * inputChannels, (inputPixel * groups + group) * inputChannels);
      }
    },
    first,
    first + count,
  );
}
