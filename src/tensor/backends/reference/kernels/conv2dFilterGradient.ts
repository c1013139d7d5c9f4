import type { Block, Kernel } from '../block.js';
import { convolutionOf, filterMatrix, outputMatrix } from './convolution.js';
import { gemm, transposed } from './gemm.js';
import { forEachStrip, gatherPatches } from './patches.js';

/** `dw = patches(x)^T dy`, added up over strips in doubles. */
export const conv2dFilterGradient: Kernel<'conv2dFilterGradient'> = (output, inputs, params) => {
  const [{ data: x, shape }, { data: dy, shape: outputShape }] = inputs as readonly [Block, Block];
  const convolution = convolutionOf(shape, output.shape, outputShape, params);
  const { patchSize, outputChannels } = convolution;
  const totals = new Float64Array(output.data.length);
  forEachStrip(x, convolution, (strip) => {
    const { first, count, group, patches } = strip;
    gatherPatches(strip, x, convolution);
    const gradient = outputMatrix(dy, convolution, first, group);
    const filter = filterMatrix(totals, convolution, group);
    gemm(patchSize, outputChannels, count, transposed(patches), gradient, filter, true);
  });
  output.data.set(totals);
};
