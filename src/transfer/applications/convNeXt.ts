import { layers, type SymbolicTensor, sequential } from '../../layers/index.js';
import type { Application } from './application.js';
import { chain, channelsOf, pooled } from './blocks.js';
import { defineApplication } from './defineApplication.js';
import { plus } from './operators.js';
import { publishedPair } from './publishedWeights.js';

/** Options of `convNeXt…` only. */
export interface ConvNeXtOptions {
  /** Begin with a layer that scales pixels of 0 to 255 by the statistics of ImageNet. @defaultValue `true` */
  readonly includePreprocessing: boolean;
}

const epsilon = 1e-6;

/** What the scale of a block's result begins with. */
const initialScale = 1e-6;

function convNeXt(
  size: string,
  depths: readonly number[],
  channels: readonly number[],
  hashes: readonly [string, string],
): Omit<Application<ConvNeXtOptions>, 'parameters' | 'tensors'> {
  const file = `convnext_${size.toLowerCase()}`;
  return {
    name: `ConvNeXt${size}`,
    modelName: () => file,
    inputSize: 224,
    minSize: 32,
    fixedSize: 'withTop',
    preprocessing: 'none',
    bare: 'torch',
    options: { includePreprocessing: true },
    weights: publishedPair('convnext', [`${file}.h5`, `${file}_notop.h5`], hashes, { includePreprocessing: true }),
    cut: { after: `${file}_stage_3_block_${(depths[3] as number) - 1}_identity` },
    groups: [0, 1, 2].map((i) => `${file}_downsampling_block_${i}`),

    features(x, { includePreprocessing, name }) {
      const rgb = channelsOf(x) === 3;
      let y = chain(
        x,
        ...(includePreprocessing && rgb
          ? [layers.normalization({ ...colours, name: `${name}_prestem_normalization` })]
          : []),
      );
      for (const [stage, depth] of depths.entries()) {
        const filters = channels[stage] as number;
        y = (stage === 0 ? stem(filters, name) : downsampling(filters, stage - 1, name)).apply(y);
        for (let block = 0; block < depth; block++) y = residualBlock(y, `${name}_stage_${stage}_block_${block}`);
      }
      return y;
    },
    top: (x, { classes, classifierActivation, name }) =>
      chain(
        x,
        layers.globalAveragePooling2d({ name: `${name}_head_gap` }),
        layers.layerNormalization({ epsilon, name: `${name}_head_layernorm` }),
        layers.dense({ units: classes, activation: classifierActivation, name: `${name}_head_dense` }),
      ),
    pool: (x, settings) => layers.layerNormalization({ epsilon }).apply(pooled(x, settings, false)),
  };
}

/** ConvNeXt, tiny (Liu et al., 2022). */
export const convNeXtTiny = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ convNeXt(
    'Tiny',
    [3, 3, 9, 3],
    [96, 192, 384, 768],
    [
      '8ae6e78ce2933352b1ef4008e6dd2f17bc40771563877d156bc6426c7cf503ff',
      'd547c096cabd03329d7be5562c5e14798aa39ed24b474157cef5e85ab9e49ef1',
    ],
  ),
  {
    parameters: { total: 28_589_128, trainable: 28_589_128, withoutTop: 27_820_128 },
    tensors: 182,
  },
);

/** ConvNeXt, small (Liu et al., 2022). */
export const convNeXtSmall = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ convNeXt(
    'Small',
    [3, 3, 27, 3],
    [96, 192, 384, 768],
    [
      'ce1277d8f1ee5a0ef0e171469089c18f5233860ceaf9b168049cb9263fd7483c',
      '6fc8009faa2f00c1c1dfce59feea9b0745eb260a7dd11bee65c8e20843da6eab',
    ],
  ),
  {
    parameters: { total: 50_223_688, trainable: 50_223_688, withoutTop: 49_454_688 },
    tensors: 344,
  },
);

/** ConvNeXt, base (Liu et al., 2022). */
export const convNeXtBase = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ convNeXt(
    'Base',
    [3, 3, 27, 3],
    [128, 256, 512, 1024],
    [
      '52cbb006d3dadd03f6e095a8ca1aca47aecdd75acb4bc74bce1f5c695d0086e6',
      '40a20c5548a5e9202f69735ecc06c990e6b7c9d2de39f0361e27baeb24cb7c45',
    ],
  ),
  {
    parameters: { total: 88_591_464, trainable: 88_591_464, withoutTop: 87_566_464 },
    tensors: 344,
  },
);

/** ConvNeXt, large (Liu et al., 2022). */
export const convNeXtLarge = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ convNeXt(
    'Large',
    [3, 3, 27, 3],
    [192, 384, 768, 1536],
    [
      '070c5ed9ed289581e477741d3b34beffa920db8cf590899d6d2c67fba2a198a6',
      '96f02b6f0753d4f543261bc9d09bed650f24dd6bc02ddde3066135b63d23a1cd',
    ],
  ),
  {
    parameters: { total: 197_767_336, trainable: 197_767_336, withoutTop: 196_230_336 },
    tensors: 344,
  },
);

/** ConvNeXt, extra large (Liu et al., 2022). */
export const convNeXtXLarge = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ convNeXt(
    'XLarge',
    [3, 3, 27, 3],
    [256, 512, 1024, 2048],
    [
      'c1f5ccab661354fc3a79a10fa99af82f0fbf10ec65cb894a3ae0815f17a889ee',
      'de3f8a54174130e0cecdc71583354753d557fcf1f4487331558e2a16ba0cfe05',
    ],
  ),
  {
    parameters: { total: 350_196_968, trainable: 350_196_968, withoutTop: 348_147_968 },
    tensors: 344,
  },
);

/** Mean and variance of the colours of ImageNet. */
const colours = {
  mean: [0.485 * 255, 0.456 * 255, 0.406 * 255],
  variance: [(0.229 * 255) ** 2, (0.224 * 255) ** 2, (0.225 * 255) ** 2],
};

/** Patches of 4 x 4 become pixels. */
function stem(filters: number, name: string): ReturnType<typeof sequential> {
  const chained = [
    layers.conv2d({ filters, kernelSize: 4, strides: 4, name: `${name}_stem_conv` }),
    layers.layerNormalization({ epsilon, name: `${name}_stem_layernorm` }),
  ];
  return sequential(chained, { name: `${name}_stem` });
}

/** Patches of 2 x 2 become pixels. */
function downsampling(filters: number, i: number, name: string): ReturnType<typeof sequential> {
  const chained = [
    layers.layerNormalization({ epsilon, name: `${name}_downsampling_layernorm_${i}` }),
    layers.conv2d({ filters, kernelSize: 2, strides: 2, name: `${name}_downsampling_conv_${i}` }),
  ];
  return sequential(chained, { name: `${name}_downsampling_block_${i}` });
}

/** Each channel filtered by itself, then all mixed at each pixel; scaled and added to the input. */
function residualBlock(x: SymbolicTensor, name: string): SymbolicTensor {
  const channels = channelsOf(x);
  const y = chain(
    x,
    layers.conv2d({
      filters: channels,
      kernelSize: 7,
      padding: 'same',
      groups: channels,
      name: `${name}_depthwise_conv`,
    }),
    layers.layerNormalization({ epsilon, name: `${name}_layernorm` }),
    layers.dense({ units: 4 * channels, name: `${name}_pointwise_conv_1` }),
    layers.activation({ activation: 'gelu', name: `${name}_gelu` }),
    layers.dense({ units: channels, name: `${name}_pointwise_conv_2` }),
    layers.layerScale({ initValues: initialScale, projectionDim: channels, name: `${name}_layer_scale` }),
    layers.activation({ activation: 'linear', name: `${name}_identity` }),
  );
  return plus(x, y);
}
