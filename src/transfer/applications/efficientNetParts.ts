import { initializers, type Layer, layers, type SymbolicTensor } from '../../layers/index.js';
import type { Settings } from './application.js';
import { chain, channelsOf } from './blocks.js';

// What the two generations of EfficientNet have in common.

/** How kernels of convolutions begin. */
export const kernels = initializers.varianceScaling({ scale: 2, mode: 'fan_out', distribution: 'truncated_normal' });

const denseKernels = initializers.varianceScaling({ scale: 1 / 3, mode: 'fan_out', distribution: 'uniform' });

/** Largest fraction of samples for which a block is left out in training: it grows from 0 with the number of the block. */
export const dropConnect = 0.2;

/** Normalisation and activation: `<prefix>bn` and `<prefix>activation`. */
export function activated(prefix: string, momentum?: number): readonly Layer[] {
  return [
    layers.batchNormalization({ axis: 3, ...(momentum !== undefined && { momentum }), name: `${prefix}bn` }),
    layers.activation({ activation: 'silu', name: `${prefix}activation` }),
  ];
}

/** A convolution without bias that keeps rows and columns, or divides them by `strides`. */
export function convolution(filters: number, kernelSize: number, name: string, strides = 1): Layer {
  const kernelInitializer = kernels;
  return layers.conv2d({ filters, kernelSize, strides, padding: 'same', useBias: false, kernelInitializer, name });
}

/** Name of a block: stages are numbered, blocks have letters. */
export function blockPrefix(stage: number, block: number): string {
  return `block${stage + 1}${String.fromCharCode('a'.charCodeAt(0) + block)}_`;
}

/** Each channel times a number between 0 and 1 that depends on the means of all channels. */
export function squeezeExcite(x: SymbolicTensor, squeezed: number, prefix: string): SymbolicTensor {
  const channels = channelsOf(x);
  const common = { kernelSize: 1, padding: 'same', kernelInitializer: kernels } as const;
  const factors = chain(
    x,
    layers.globalAveragePooling2d({ name: `${prefix}se_squeeze` }),
    layers.reshape({ targetShape: [1, 1, channels], name: `${prefix}se_reshape` }),
    layers.conv2d({ ...common, filters: squeezed, activation: 'silu', name: `${prefix}se_reduce` }),
    layers.conv2d({ ...common, filters: channels, activation: 'sigmoid', name: `${prefix}se_expand` }),
  );
  return layers.multiply({ name: `${prefix}se_excite` }).apply([x, factors]);
}

/** `x` added to what a block made of it, which is left out for some samples in training. */
export function residual(x: SymbolicTensor, block: SymbolicTensor, rate: number, prefix: string): SymbolicTensor {
  const dropped = rate > 0 ? [layers.dropout({ rate, noiseShape: [null, 1, 1, 1], name: `${prefix}drop` })] : [];
  return layers.add({ name: `${prefix}add` }).apply([chain(block, ...dropped), x]);
}

/** The top. */
export function droppingClassifier(
  x: SymbolicTensor,
  { classes, classifierActivation }: Settings,
  rate: number,
  biasInitializer = initializers.zeros(),
): SymbolicTensor {
  return chain(
    x,
    layers.globalAveragePooling2d({ name: 'avg_pool' }),
    layers.dropout({ rate, name: 'top_dropout' }),
    layers.dense({
      units: classes,
      activation: classifierActivation,
      kernelInitializer: denseKernels,
      biasInitializer,
      name: 'predictions',
    }),
  );
}
