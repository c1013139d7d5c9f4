import type { Block, Kernel } from '../block.js';
import { convolutionOf, filterMatrix, outputMatrix } from './convolution.js';
import { gemm } from './gemm.js';
import { forEachStrip, gatherPatches } from './patches.js';

/** `y = patches(x) w`. */
export const conv2d: Kernel<'conv2d'> = (output, inputs, params) => {
  const y = output.data;
  const [{ data: x, shape }, { data: w, shape: filterShape }] = inputs as readonly [Block, Block];
  const convolution = convolutionOf(shape, filterShape, output.shape, params);
  const { patchSize, outputChannels } = convolution;
  forEachStrip(x, convolution, (strip) => {
    const { first, count, group, patches } = strip;
    gatherPatches(strip, x, convolution);
    const filter = filterMatrix(w, convolution, group);
    gemm(count, outputChannels, patchSize, patches, filter, outputMatrix(y, convolution, first, group));
  });
};
