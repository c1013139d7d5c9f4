import { input, layers, type Model, model } from 'mapache';
import { convolution } from './blocks.js';

/** Filters and number of convolutions of each block. */
const blocks = [
  [64, 2],
  [128, 2],
  [256, 3],
  [512, 3],
  [512, 3],
] as const;

/**
 * The convolutions of VGG16 (Simonyan and Zisserman, 2014), layer for layer as in `keras.applications`, with random
 * weights. Shape: `[batch, size, size, 3] -> [batch, size / 32, size / 32, 512]`.
 */
export function vgg16({ size }: { readonly size: number }): Model {
  const start = input({ shape: [size, size, 3] });
  let x = start;
  blocks.forEach(([filters, convolutions], i) => {
    const name = `block${i + 1}`;
    for (let k = 1; k <= convolutions; k++) {
      const options = { filters, kernelSize: 3, useBias: true, activation: 'relu' } as const;
      x = convolution(x, { name: `${name}_conv${k}`, ...options });
    }
    x = layers.maxPooling2d({ poolSize: 2, strides: 2, name: `${name}_pool` }).apply(x);
  });
  return model({ inputs: start, outputs: x, name: 'vgg16' });
}
