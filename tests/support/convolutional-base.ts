import { input, layers, type Model, model } from 'mapache/layers';
import { type Tensor, tensor } from 'mapache/tensor';
import { randomTensor } from './tensors.js';

/** A small convolutional base with batch normalisation, as one would load it: 8 by 8 pictures to 2 by 2 maps of 6. */
export function convolutionalBase(): Model {
  const image = input({ shape: [8, 8, 3], name: 'image' });
  let x = layers.conv2d({ filters: 4, kernelSize: 3, strides: 2, padding: 'same', name: 'conv1' }).apply(image);
  x = layers.batchNormalization({ momentum: 0.5, name: 'bn1' }).apply(x);
  x = layers.relu({ name: 'relu1' }).apply(x);
  x = layers.conv2d({ filters: 6, kernelSize: 3, name: 'conv2' }).apply(x);
  x = layers.batchNormalization({ momentum: 0.5, name: 'bn2' }).apply(x);
  return model({ inputs: image, outputs: layers.relu({ name: 'relu2' }).apply(x), name: 'base' });
}

/** Twelve pictures for it. */
export const images = (): Tensor => randomTensor([12, 8, 8, 3], 3);

/** A class for each picture: 0, 1, 2, 0, … */
export const classLabels = (): Tensor => tensor(Int32Array.from({ length: 12 }, (_, i) => i % 3));
