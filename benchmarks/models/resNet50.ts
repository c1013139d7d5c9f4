import { input, layers, type Model, model, type SymbolicTensor } from 'mapache';
import { convolution, normalize } from './blocks.js';

/** Filters, number of blocks, strides of the first of them. */
const stacks = [
  [64, 3, 1],
  [128, 4, 2],
  [256, 6, 2],
  [512, 3, 2],
] as const;

/**
 * ResNet50 without its top (He et al., 2015; strides in the first 1x1 convolution of a block), layer for layer as in
 * `keras.applications`, with random weights.
 * Shape: `[batch, size, size, 3] -> [batch, size / 32, size / 32, 2048]`.
 */
export function resNet50({ size }: { readonly size: number }): Model {
  const start = input({ shape: [size, size, 3] });
  let x = layers.zeroPadding2d({ padding: 3, name: 'conv1_pad' }).apply(start);
  x = stage(x, { name: 'conv1', filters: 64, kernelSize: 7, strides: 2, padding: 'valid' });
  x = layers.zeroPadding2d({ padding: 1, name: 'pool1_pad' }).apply(x);
  x = layers.maxPooling2d({ poolSize: 3, strides: 2, name: 'pool1_pool' }).apply(x);
  stacks.forEach(([filters, blocks, strides], i) => {
    for (let block = 1; block <= blocks; block++) {
      x = bottleneck(x, `conv${i + 2}_block${block}`, filters, block === 1 ? strides : 1, block === 1);
    }
  });
  return model({ inputs: start, outputs: x, name: 'resnet50' });
}

/** Mixes the channels down, convolves, mixes them up, and adds the input, itself mixed where shapes differ. */
function bottleneck(
  x: SymbolicTensor,
  name: string,
  filters: number,
  strides: 1 | 2,
  convolvesShortcut: boolean,
): SymbolicTensor {
  const wide = { filters: 4 * filters, kernelSize: 1 } as const;
  const shortcut = convolvesShortcut ? normalized(x, { name: `${name}_0`, strides, ...wide }) : x;
  let y = stage(x, { name: `${name}_1`, filters, kernelSize: 1, strides });
  y = stage(y, { name: `${name}_2`, filters, kernelSize: 3 });
  y = normalized(y, { name: `${name}_3`, ...wide });
  return relu(layers.add({ name: `${name}_add` }).apply([shortcut, y]), `${name}_out`);
}

type StageOptions = Parameters<typeof convolution>[1];

function stage(x: SymbolicTensor, options: StageOptions): SymbolicTensor {
  return relu(normalized(x, options), `${options.name}_relu`);
}

function normalized(x: SymbolicTensor, options: StageOptions): SymbolicTensor {
  const y = convolution(x, { ...options, useBias: true, name: `${options.name}_conv` });
  return normalize(y, `${options.name}_bn`, 1.001e-5);
}

function relu(x: SymbolicTensor, name: string): SymbolicTensor {
  return layers.activation({ activation: 'relu', name }).apply(x);
}
