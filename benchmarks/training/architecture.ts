import { initializers, input, layers, type Model, model, type SymbolicTensor } from 'mapache';

/** Options of `mobileNetV2`. */
export interface MobileNetV2Options {
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
export function mobileNetV2({ alpha, size }: MobileNetV2Options): Model {
  const start = input({ shape: [size, size, 3] });
  let x = convolution(start, 'Conv1', eights(32 * alpha), 3, 2);
  x = relu6(normalize(x, 'bn_Conv1'), 'Conv1_relu');
  let block = 0;
  for (const [filters, strides, expansion, repeats] of groups) {
    for (let i = 0; i < repeats; i++, block++) {
      const name = block === 0 ? 'expanded_conv' : `block_${block}`;
      x = invertedResidual(x, name, eights(Math.floor(filters * alpha)), i === 0 ? strides : 1, expansion);
    }
  }
  x = convolution(x, 'Conv_1', alpha > 1 ? eights(1280 * alpha) : 1280, 1, 1);
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
  const [, height, , channels] = x.shape as readonly [null, number, number, number];
  let y = x;
  if (expansion > 1) {
    y = normalize(convolution(y, `${name}_expand`, expansion * channels, 1, 1), `${name}_expand_BN`);
    y = relu6(y, `${name}_expand_relu`);
  }
  if (strides === 2) {
    const before = height % 2;
    const edges = [before, 1] as const;
    y = layers.zeroPadding2d({ padding: [edges, edges], name: `${name}_pad` }).apply(y);
  }
  y = layers
    .depthwiseConv2d({
      kernelSize: 3,
      strides,
      padding: strides === 2 ? 'valid' : 'same',
      useBias: false,
      // Variance 2 / 9: each result is a sum over 9 numbers. Keras's default would make the signal vanish.
      depthwiseInitializer: initializers.randomNormal({ stddev: Math.sqrt(2) / 3 }),
      name: `${name}_depthwise`,
    })
    .apply(y);
  y = relu6(normalize(y, `${name}_depthwise_BN`), `${name}_depthwise_relu`);
  y = normalize(convolution(y, `${name}_project`, filters, 1, 1), `${name}_project_BN`);
  return strides === 1 && filters === channels ? layers.add({ name: `${name}_add` }).apply([x, y]) : y;
}

function convolution(x: SymbolicTensor, name: string, filters: number, kernelSize: number, strides: 1 | 2) {
  const kernelInitializer = initializers.heNormal();
  const config = { filters, kernelSize, strides, padding: 'same', useBias: false, kernelInitializer, name } as const;
  return layers.conv2d(config).apply(x);
}

function normalize(x: SymbolicTensor, name: string): SymbolicTensor {
  return layers.batchNormalization({ momentum: 0.999, epsilon: 1e-3, name }).apply(x);
}

function relu6(x: SymbolicTensor, name: string): SymbolicTensor {
  return layers.relu({ maxValue: 6, name }).apply(x);
}

/** The nearest multiple of 8 that is not more than a tenth smaller. */
function eights(channels: number): number {
  const nearest = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return nearest < 0.9 * channels ? nearest + 8 : nearest;
}
