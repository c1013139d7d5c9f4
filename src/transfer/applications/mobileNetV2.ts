import { type Layer, layers, type SymbolicTensor } from '../../layers/index.js';
import type { Application, PublishedWeights } from './application.js';
import { chain, channelsOf, classifier, divisible, pooled, stridePadding } from './blocks.js';
import { defineApplication } from './defineApplication.js';
import { kerasWeights, rowsInName } from './publishedWeights.js';

/** Options of `mobileNetV2` only. */
export interface MobileNetV2Options {
  /** Factor for the number of channels in every layer. @defaultValue `1` */
  readonly alpha: number;
}

/** Channels, blocks, stride of the first block and factor of expansion of each stage. */
const stages = [
  [16, 1, 1, 1],
  [24, 2, 2, 6],
  [32, 3, 2, 6],
  [64, 4, 2, 6],
  [96, 3, 1, 6],
  [160, 3, 2, 6],
  [320, 1, 1, 6],
] as const;

const weights = /* @__PURE__ */ publishedWeights();

const record = {
  name: 'MobileNetV2',
  modelName: (settings) => `mobilenetv2_${settings.alpha.toFixed(2)}_${rowsInName(weights, settings)}`,
  inputSize: 224,
  minSize: 32,
  fixedSize: 'withTop',
  preprocessing: 'tf',
  bare: null,
  options: { alpha: 1 },
  weights,
  cut: 'out_relu',
  groups: ['block_1_expand', 'block_3_expand', 'block_6_expand', 'block_13_expand', 'Conv_1'],
  parameters: { total: 3_538_984, trainable: 3_504_872, withoutTop: 2_257_984 },
  tensors: 262,

  features(x, { alpha }) {
    let y = chain(
      x,
      layers.conv2d({
        filters: divisible(32 * alpha),
        kernelSize: 3,
        strides: 2,
        padding: 'same',
        useBias: false,
        name: 'Conv1',
      }),
      normalization('bn_Conv1'),
      layers.relu({ maxValue: 6, name: 'Conv1_relu' }),
    );
    let block = 0;
    for (const [channels, count, firstStride, expansion] of stages) {
      for (let i = 0; i < count; i++) {
        const filters = divisible(Math.floor(channels * alpha));
        y = invertedResidual(y, block++, filters, i === 0 ? firstStride : 1, expansion);
      }
    }
    // A narrow network keeps its wide last layer.
    const filters = alpha > 1 ? divisible(1280 * alpha) : 1280;
    return chain(
      y,
      layers.conv2d({ filters, kernelSize: 1, useBias: false, name: 'Conv_1' }),
      normalization('Conv_1_bn'),
      layers.relu({ maxValue: 6, name: 'out_relu' }),
    );
  },
  top: (x, settings) => classifier(x, settings),
  pool: (x, settings) => pooled(x, settings, false),
} satisfies Application<MobileNetV2Options>;

/** MobileNetV2 (Sandler et al., 2018): small and fast. */
export const mobileNetV2 = /* @__PURE__ */ defineApplication<MobileNetV2Options>(record);

function normalization(name: string): Layer {
  return layers.batchNormalization({ axis: -1, epsilon: 1e-3, momentum: 0.999, name });
}

/** Few channels to many, each filtered by itself, and back to few; the few are added to the next ones if they fit. */
function invertedResidual(
  x: SymbolicTensor,
  block: number,
  filters: number,
  stride: number,
  expansion: number,
): SymbolicTensor {
  const channels = channelsOf(x);
  const prefix = block === 0 ? 'expanded_conv_' : `block_${block}_`;
  let y = x;
  if (block > 0) {
    y = chain(y, pointwise(expansion * channels, `${prefix}expand`), ...activated(`${prefix}expand`));
  }
  if (stride === 2) y = layers.zeroPadding2d({ padding: stridePadding(y, 3), name: `${prefix}pad` }).apply(y);
  y = chain(
    y,
    layers.depthwiseConv2d({
      kernelSize: 3,
      strides: stride,
      useBias: false,
      padding: stride === 1 ? 'same' : 'valid',
      name: `${prefix}depthwise`,
    }),
    ...activated(`${prefix}depthwise`),
    pointwise(filters, `${prefix}project`),
    normalization(`${prefix}project_BN`),
  );
  return channels === filters && stride === 1 ? layers.add({ name: `${prefix}add` }).apply([x, y]) : y;
}

function activated(name: string): readonly Layer[] {
  return [normalization(`${name}_BN`), layers.relu({ maxValue: 6, name: `${name}_relu` })];
}

function pointwise(filters: number, name: string): Layer {
  return layers.conv2d({ filters, kernelSize: 1, padding: 'same', useBias: false, name });
}

/** For each factor and size there are files of their own; no hashes are published. */
function publishedWeights(): readonly PublishedWeights[] {
  const files: PublishedWeights[] = [];
  for (const alpha of [0.35, 0.5, 0.75, 1, 1.3, 1.4]) {
    for (const size of [96, 128, 160, 192, 224]) {
      for (const top of [true, false]) {
        const factor = Number.isInteger(alpha) ? alpha.toFixed(1) : `${alpha}`;
        const file = `mobilenet_v2_weights_tf_dim_ordering_tf_kernels_${factor}_${size}${top ? '' : '_no_top'}.h5`;
        files.push({ top, options: { alpha }, size, file, url: `${kerasWeights}mobilenet_v2/${file}`, hash: null });
      }
    }
  }
  return files;
}
