import type { Block, Kernel } from '../block.js';
import { convolutionOf, filterMatrix, outputMatrix } from './convolution.js';
import { gemm, transposed } from './gemm.js';
import { forEachStrip, scatterPatches } from './patches.js';

/** `d patches = dy w^T`; every pixel of `dx` adds up the patches that saw it. */
export const conv2dInputGradient: Kernel<'conv2dInputGradient'> = (output, inputs, params) => {
  const dx = output.data;
  const [{ data: dy, shape }, { data: w, shape: filterShape }] = inputs as readonly [Block, Block];
  const convolution = convolutionOf(output.shape, filterShape, shape, params);
  const { patchSize, outputChannels } = convolution;
  dx.fill(0);
  forEachStrip(dx, convolution, (strip) => {
    const { first, count, group, patches } = strip;
    const filter = filterMatrix(w, convolution, group);
    gemm(count, patchSize, outputChannels, outputMatrix(dy, convolution, first, group), transposed(filter), patches);
    scatterPatches(strip, dx, convolution);
  });
};
