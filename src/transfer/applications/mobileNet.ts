import { type Layer, layers, type SymbolicTensor } from '../../layers/index.js';
import type { Application, PublishedWeights } from './application.js';
import { chain, pooled } from './blocks.js';
import { defineApplication } from './defineApplication.js';
import { kerasWeights, rowsInName } from './publishedWeights.js';

/** Options of `mobileNet` only. */
export interface MobileNetOptions {
  /** Factor for the number of channels in every layer. @defaultValue `1` */
  readonly alpha: number;
  /** Filters for each channel in depthwise convolutions. @defaultValue `1` */
  readonly depthMultiplier: number;
  /** Fraction of features that the top drops in training. @defaultValue `0.001` */
  readonly dropout: number;
}

/** Channels and stride of each block. */
const blocks = [
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

const weights = /* @__PURE__ */ publishedWeights();

const record = {
  name: 'MobileNet',
  modelName: (settings) => `mobilenet_${settings.alpha.toFixed(2)}_${rowsInName(weights, settings)}`,
  inputSize: 224,
  minSize: 32,
  fixedSize: 'withTop',
  preprocessing: 'tf',
  bare: null,
  options: { alpha: 1, depthMultiplier: 1, dropout: 1e-3 },
  weights,
  cut: 'conv_pw_13_relu',
  groups: ['conv_dw_2', 'conv_dw_4', 'conv_dw_6', 'conv_dw_12'],
  parameters: { total: 4_253_864, trainable: 4_231_976, withoutTop: 3_228_864 },
  tensors: 137,

  features(x, { alpha, depthMultiplier }) {
    const filters = Math.floor(32 * alpha);
    const start = chain(
      x,
      layers.conv2d({ filters, kernelSize: 3, padding: 'same', useBias: false, strides: 2, name: 'conv1' }),
      ...activated('conv1'),
    );
    return blocks.reduce<SymbolicTensor>((y, [channels, strides], i) => {
      const block = i + 1;
      return chain(
        y,
        ...(strides === 1
          ? []
          : [
              layers.zeroPadding2d({
                padding: [
                  [0, 1],
                  [0, 1],
                ],
                name: `conv_pad_${block}`,
              }),
            ]),
        layers.depthwiseConv2d({
          kernelSize: 3,
          padding: strides === 1 ? 'same' : 'valid',
          depthMultiplier,
          strides,
          useBias: false,
          name: `conv_dw_${block}`,
        }),
        ...activated(`conv_dw_${block}`),
        layers.conv2d({
          filters: Math.floor(channels * alpha),
          kernelSize: 1,
          padding: 'same',
          useBias: false,
          name: `conv_pw_${block}`,
        }),
        ...activated(`conv_pw_${block}`),
      );
    }, start);
  },
  top: (x, { classes, classifierActivation, dropout }) =>
    chain(
      x,
      layers.globalAveragePooling2d({ keepdims: true }),
      layers.dropout({ rate: dropout, name: 'dropout' }),
      layers.conv2d({ filters: classes, kernelSize: 1, padding: 'same', name: 'conv_preds' }),
      layers.reshape({ targetShape: [classes], name: 'reshape_2' }),
      layers.activation({ activation: classifierActivation ?? 'linear', name: 'predictions' }),
    ),
  pool: (x, settings) => pooled(x, settings, false),
} satisfies Application<MobileNetOptions>;

/** MobileNet (Howard et al., 2017): small and fast. */
export const mobileNet = /* @__PURE__ */ defineApplication<MobileNetOptions>(record);

function activated(name: string): readonly Layer[] {
  return [
    layers.batchNormalization({ axis: -1, name: `${name}_bn` }),
    layers.relu({ maxValue: 6, name: `${name}_relu` }),
  ];
}

/** For each factor and size there are files of their own; no hashes are published. */
function publishedWeights(): readonly PublishedWeights[] {
  const factors = [
    [0.25, '2_5'],
    [0.5, '5_0'],
    [0.75, '7_5'],
    [1, '1_0'],
  ] as const;
  const files: PublishedWeights[] = [];
  for (const [alpha, factor] of factors) {
    for (const size of [128, 160, 192, 224]) {
      for (const top of [true, false]) {
        const file = `mobilenet_${factor}_${size}_tf${top ? '' : '_no_top'}.h5`;
        const options = { alpha, depthMultiplier: 1 };
        files.push({ top, options, size, file, url: `${kerasWeights}mobilenet/${file}`, hash: null });
      }
    }
  }
  return files;
}
