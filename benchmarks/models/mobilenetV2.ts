import { input, layers, type Model, model, type SymbolicTensor } from 'mapache';
import { convolution, depthwise, normalize, relu6 } from './blocks.js';

/** What the mobile networks can be scaled by. */
export interface MobileNetOptions {
  /** Factor of all numbers of channels. */
  readonly alpha: number;
  /** Height and width of the pictures, a multiple of 32. */
  readonly size: number;
}

/** Filters before the factor, strides of the first block, how often the channels are expanded, number of blocks. */
const groups = [
  [16, 1, 1, 1],
  [24, 2, 6, 2],
  [32, 2, 6, 3],
  [64, 2, 6, 4],
  [96, 1, 6, 3],
  [160, 2, 6, 3],
  [320, 1, 6, 1],
] as const;

/**
 * MobileNetV2 without its top (Sandler et al., 2018), layer for layer as in `keras.applications`, with random weights.
 * Shape: `[batch, size, size, 3] -> [batch, size / 32, size / 32, 1280]`.
 */
export function mobileNetV2({ alpha, size }: MobileNetOptions): Model {
  const start = input({ shape: [size, size, 3] });
  let x = convolution(start, { name: 'Conv1', filters: eights(32 * alpha), kernelSize: 3, strides: 2 });
  x = relu6(normalize(x, 'bn_Conv1'), 'Conv1_relu');
  let block = 0;
  for (const [filters, strides, expansion, repeats] of groups) {
    for (let i = 0; i < repeats; i++, block++) {
      const name = block === 0 ? 'expanded_conv' : `block_${block}`;
      x = invertedResidual(x, name, eights(Math.floor(filters * alpha)), i === 0 ? strides : 1, expansion);
    }
  }
  x = convolution(x, { name: 'Conv_1', filters: alpha > 1 ? eights(1280 * alpha) : 1280, kernelSize: 1 });
  return model({ inputs: start, outputs: relu6(normalize(x, 'Conv_1_bn'), 'out_relu'), name: 'mobilenetv2' });
}

/** Expands the channels, filters each of them, and mixes them down to a few; adds the input where shapes allow it. */
function invertedResidual(
  x: SymbolicTensor,
  name: string,
  filters: number,
  strides: 1 | 2,
  expansion: number,
): SymbolicTensor {
  const channels = x.shape[3] as number;
  let y = x;
  if (expansion > 1) {
    y = convolution(y, { name: `${name}_expand`, filters: expansion * channels, kernelSize: 1 });
    y = relu6(normalize(y, `${name}_expand_BN`), `${name}_expand_relu`);
  }
  y = depthwise(y, `${name}_depthwise`, `${name}_pad`, strides);
  y = relu6(normalize(y, `${name}_depthwise_BN`), `${name}_depthwise_relu`);
  y = normalize(convolution(y, { name: `${name}_project`, filters, kernelSize: 1 }), `${name}_project_BN`);
  return strides === 1 && filters === channels ? layers.add({ name: `${name}_add` }).apply([x, y]) : y;
}

/** The nearest multiple of 8 that is not more than a tenth smaller. */
function eights(channels: number): number {
  const nearest = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return nearest < 0.9 * channels ? nearest + 8 : nearest;
}
