import { input, type Model, model } from 'mapache';
import { convolution, depthwise, normalize, relu6 } from './blocks.js';
import type { MobileNetOptions } from './mobilenetV2.js';

/** Filters before the factor, and strides, of each pair of a depthwise and a pointwise convolution. */
const pairs = [
  [64, 1],
  [128, 2],
  [128, 1],
  [256, 2],
  [256, 1],
  [512, 2],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [512, 1],
  [1024, 2],
  [1024, 1],
] as const;

/**
 * MobileNet without its top (Howard et al., 2017), layer for layer as in `keras.applications`, with random weights.
 * Shape: `[batch, size, size, 3] -> [batch, size / 32, size / 32, 1024 * alpha]`.
 */
export function mobileNetV1({ alpha, size }: MobileNetOptions): Model {
  const start = input({ shape: [size, size, 3] });
  let x = convolution(start, { name: 'conv1', filters: Math.floor(32 * alpha), kernelSize: 3, strides: 2 });
  x = relu6(normalize(x, 'conv1_bn'), 'conv1_relu');
  pairs.forEach(([filters, strides], i) => {
    const id = i + 1;
    x = relu6(
      normalize(depthwise(x, `conv_dw_${id}`, `conv_pad_${id}`, strides), `conv_dw_${id}_bn`),
      `conv_dw_${id}_relu`,
    );
    x = convolution(x, { name: `conv_pw_${id}`, filters: Math.floor(filters * alpha), kernelSize: 1 });
    x = relu6(normalize(x, `conv_pw_${id}_bn`), `conv_pw_${id}_relu`);
  });
  return model({ inputs: start, outputs: x, name: 'mobilenet' });
}
