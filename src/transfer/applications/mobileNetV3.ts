import { type Layer, layers, type SymbolicTensor } from '../../layers/index.js';
import type { Application, PublishedWeights } from './application.js';
import { chain, channelsOf, divisible, pooled, stridePadding } from './blocks.js';
import { defineApplication } from './defineApplication.js';
import { plus, times } from './operators.js';
import { kerasWeights } from './publishedWeights.js';

/** Options of `mobileNetV3…` only. */
export interface MobileNetV3Options {
  /** Factor for the number of channels in every layer. @defaultValue `1` */
  readonly alpha: number;
  /** Without what some processors lack: windows of 5 x 5, hard swish, squeeze-and-excite. @defaultValue `false` */
  readonly minimalistic: boolean;
  /** Fraction of features that the top drops in training. @defaultValue `0.2` */
  readonly dropoutRate: number;
  /** Begin with a layer that scales pixels of 0 to 255 to -1 to 1. @defaultValue `true` */
  readonly includePreprocessing: boolean;
}

/** A block: expansion, channels, window, stride, whether channels are weighed, and the activation. */
type Block = readonly [
  expansion: number,
  filters: number,
  window: 3 | 5,
  stride: 1 | 2,
  weighs: boolean,
  activation: 'relu' | 'hard_silu',
];

const smallBlocks: readonly Block[] = [
  [1, 16, 3, 2, true, 'relu'],
  [72 / 16, 24, 3, 2, false, 'relu'],
  [88 / 24, 24, 3, 1, false, 'relu'],
  [4, 40, 5, 2, true, 'hard_silu'],
  [6, 40, 5, 1, true, 'hard_silu'],
  [6, 40, 5, 1, true, 'hard_silu'],
  [3, 48, 5, 1, true, 'hard_silu'],
  [3, 48, 5, 1, true, 'hard_silu'],
  [6, 96, 5, 2, true, 'hard_silu'],
  [6, 96, 5, 1, true, 'hard_silu'],
  [6, 96, 5, 1, true, 'hard_silu'],
];

const largeBlocks: readonly Block[] = [
  [1, 16, 3, 1, false, 'relu'],
  [4, 24, 3, 2, false, 'relu'],
  [3, 24, 3, 1, false, 'relu'],
  [3, 40, 5, 2, true, 'relu'],
  [3, 40, 5, 1, true, 'relu'],
  [3, 40, 5, 1, true, 'relu'],
  [6, 80, 3, 2, false, 'hard_silu'],
  [2.5, 80, 3, 1, false, 'hard_silu'],
  [2.3, 80, 3, 1, false, 'hard_silu'],
  [2.3, 80, 3, 1, false, 'hard_silu'],
  [6, 112, 3, 1, true, 'hard_silu'],
  [6, 112, 3, 1, true, 'hard_silu'],
  [6, 160, 5, 2, true, 'hard_silu'],
  [6, 160, 5, 1, true, 'hard_silu'],
  [6, 160, 5, 1, true, 'hard_silu'],
];

/** What tells the two networks apart. */
interface Variant {
  readonly size: 'Small' | 'Large';
  readonly blocks: readonly Block[];
  /** Channels of the last convolution before the classes. */
  readonly lastFilters: number;
  readonly hashes: Readonly<Record<string, readonly [string, string]>>;
  readonly groups: readonly string[];
}

function mobileNetV3(variant: Variant): Omit<Application<MobileNetV3Options>, 'parameters' | 'tensors'> {
  const { size, blocks, lastFilters, hashes, groups } = variant;
  return {
    name: `MobileNetV3${size}`,
    modelName: () => `MobileNetV3${size}`,
    inputSize: 224,
    minSize: 32,
    fixedSize: 'never',
    preprocessing: 'none',
    bare: 'tf',
    options: { alpha: 1, minimalistic: false, dropoutRate: 0.2, includePreprocessing: true },
    weights: publishedWeights(size.toLowerCase(), hashes),
    cut: { after: 'conv_1_bn' },
    groups,

    features(x, { alpha, minimalistic, includePreprocessing }) {
      const activation = minimalistic ? 'relu' : 'hard_silu';
      let y = chain(
        x,
        ...(includePreprocessing ? [layers.rescaling({ scale: 1 / 127.5, offset: -1 })] : []),
        layers.conv2d({ filters: 16, kernelSize: 3, strides: 2, padding: 'same', useBias: false, name: 'conv' }),
        normalization('conv_bn'),
        activate(activation),
      );
      for (const [i, [expansion, filters, window, stride, weighs, own]] of blocks.entries()) {
        y = invertedResidual(
          y,
          {
            expansion,
            filters: divisible(filters * alpha),
            window: minimalistic ? 3 : window,
            stride,
            weighs: weighs && !minimalistic,
            activation: minimalistic ? 'relu' : own,
          },
          i,
        );
      }
      return chain(
        y,
        pointwise(divisible(channelsOf(y) * 6), 'conv_1'),
        normalization('conv_1_bn'),
        activate(activation),
      );
    },
    top(x, { alpha, minimalistic, dropoutRate, classes, classifierActivation }) {
      // A narrow network keeps its wide last layer.
      const filters = alpha > 1 ? divisible(lastFilters * alpha) : lastFilters;
      return chain(
        x,
        layers.globalAveragePooling2d({ keepdims: true }),
        layers.conv2d({ filters, kernelSize: 1, padding: 'same', name: 'conv_2' }),
        activate(minimalistic ? 'relu' : 'hard_silu'),
        ...(dropoutRate > 0 ? [layers.dropout({ rate: dropoutRate })] : []),
        layers.conv2d({ filters: classes, kernelSize: 1, padding: 'same', name: 'logits' }),
        layers.flatten(),
        layers.activation({ activation: classifierActivation ?? 'linear', name: 'predictions' }),
      );
    },
    pool: (x, settings) => pooled(x, settings, true),
  };
}

/** The smaller MobileNetV3 (Howard et al., 2019). */
export const mobileNetV3Small = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ mobileNetV3({
    size: 'Small',
    blocks: smallBlocks,
    lastFilters: 1024,
    hashes: {
      '0.75': ['cb65d4e5be93758266aa0a7f2c6708b7', 'ebdb5cc8e0b497cd13a7c275d475c819'],
      '1.0': ['8768d4c2e7dee89b9d02b2d03d65d862', 'd3e8ec802a04aa4fc771ee12a9a9b836'],
      minimalistic: ['99cd97fb2fcdad2bf028eb838de69e37', 'cde8136e733e811080d9fcd8a252f7e4'],
    },
    groups: ['expanded_conv_1_expand', 'expanded_conv_3_expand', 'expanded_conv_8_expand', 'conv_1'],
  }),
  {
    parameters: { total: 2_554_968, trainable: 2_542_856, withoutTop: 939_120 },
    tensors: 210,
  },
);

/** The larger MobileNetV3 (Howard et al., 2019). */
export const mobileNetV3Large = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ mobileNetV3({
    size: 'Large',
    blocks: largeBlocks,
    lastFilters: 1280,
    hashes: {
      '0.75': ['765b44a33ad4005b3ac83185abf1d0eb', '40af19a13ebea4e2ee0c676887f69a2e'],
      '1.0': ['59e551e166be033d707958cf9e29a6a7', '07fb09a5933dd0c8eaafa16978110389'],
      minimalistic: ['675e7b876c45c57e9e63e6d90a36599c', 'ec5221f64a2f6d1ef965a614bdae7973'],
    },
    groups: [
      'expanded_conv_1_expand',
      'expanded_conv_3_expand',
      'expanded_conv_6_expand',
      'expanded_conv_12_expand',
      'conv_1',
    ],
  }),
  {
    parameters: { total: 5_507_432, trainable: 5_483_032, withoutTop: 2_996_352 },
    tensors: 266,
  },
);

function normalization(name: string): Layer {
  return layers.batchNormalization({ axis: -1, epsilon: 1e-3, momentum: 0.999, name });
}

function activate(activation: 'relu' | 'hard_silu'): Layer {
  return activation === 'relu' ? layers.relu() : layers.activation({ activation });
}

function pointwise(filters: number, name: string): Layer {
  return layers.conv2d({ filters, kernelSize: 1, padding: 'same', useBias: false, name });
}

interface BlockShape {
  readonly expansion: number;
  readonly filters: number;
  readonly window: number;
  readonly stride: number;
  readonly weighs: boolean;
  readonly activation: 'relu' | 'hard_silu';
}

/** Few channels to many, each filtered by itself and maybe weighed, and back to few; added to the input if it fits. */
function invertedResidual(x: SymbolicTensor, shape: BlockShape, block: number): SymbolicTensor {
  const { expansion, filters, window, stride, weighs, activation } = shape;
  const prefix = block === 0 ? 'expanded_conv_' : `expanded_conv_${block}_`;
  const channels = channelsOf(x);
  const expanded = divisible(channels * expansion);
  let y = x;
  if (block > 0) {
    y = chain(y, pointwise(expanded, `${prefix}expand`), normalization(`${prefix}expand_bn`), activate(activation));
  }
  if (stride === 2) {
    y = layers.zeroPadding2d({ padding: stridePadding(y, window), name: `${prefix}depthwise_pad` }).apply(y);
  }
  y = chain(
    y,
    layers.depthwiseConv2d({
      kernelSize: window,
      strides: stride,
      padding: stride === 1 ? 'same' : 'valid',
      useBias: false,
      name: `${prefix}depthwise`,
    }),
    normalization(`${prefix}depthwise_bn`),
    activate(activation),
  );
  if (weighs) y = squeezeExcite(y, expanded, `${prefix}squeeze_excite_`);
  y = chain(y, pointwise(filters, `${prefix}project`), normalization(`${prefix}project_bn`));
  return stride === 1 && channels === filters ? layers.add({ name: `${prefix}add` }).apply([x, y]) : y;
}

/** Each channel times a number between 0 and 1 that depends on the means of all channels. */
function squeezeExcite(x: SymbolicTensor, channels: number, prefix: string): SymbolicTensor {
  const logits = chain(
    x,
    layers.globalAveragePooling2d({ keepdims: true, name: `${prefix}avg_pool` }),
    layers.conv2d({ filters: divisible(channels / 4), kernelSize: 1, padding: 'same', name: `${prefix}conv` }),
    layers.relu({ name: `${prefix}relu` }),
    layers.conv2d({ filters: channels, kernelSize: 1, padding: 'same', name: `${prefix}conv_1` }),
  );
  // A hard sigmoid: relu6(x + 3) / 6.
  const factors = times(layers.relu({ maxValue: 6 }).apply(plus(logits, 3)), 1 / 6);
  return layers.multiply({ name: `${prefix}mul` }).apply([x, factors]);
}

/** For three variants of each network. */
function publishedWeights(size: string, hashes: Variant['hashes']): readonly PublishedWeights[] {
  return Object.entries(hashes).flatMap(([variant, pair]) => {
    const minimalistic = variant === 'minimalistic';
    const model = minimalistic ? `${size}_minimalistic_224_1.0_float` : `${size}_224_${variant}_float`;
    return [true, false].map((top, i) => {
      const file = `weights_mobilenet_v3_${model}${top ? '' : '_no_top_v2'}.h5`;
      return {
        top,
        options: { alpha: minimalistic ? 1 : Number(variant), minimalistic },
        file,
        url: `${kerasWeights}mobilenet_v3/${file}`,
        hash: pair[i] as string,
      };
    });
  });
}
