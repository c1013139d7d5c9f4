import { layers, type SymbolicTensor } from '../../layers/index.js';
import type { Application } from './application.js';
import { chain, channelsOf, divisible, pooled, stridePadding } from './blocks.js';
import { defineApplication } from './defineApplication.js';
import {
  activated,
  blockPrefix,
  convolution,
  dropConnect,
  droppingClassifier,
  kernels,
  residual,
  squeezeExcite,
} from './efficientNetParts.js';

/** Stages of B0: window, blocks, channels, expansion, stride. */
const stages = [
  [3, 1, 16, 1, 1],
  [3, 2, 24, 6, 2],
  [5, 2, 40, 6, 2],
  [3, 3, 80, 6, 2],
  [5, 3, 112, 6, 1],
  [5, 4, 192, 6, 2],
  [3, 1, 320, 6, 1],
] as const;

/** Deviations of the colours of ImageNet, from 0 to 1. */
const deviations = [0.229, 0.224, 0.225];

/** How much larger than B0 a network is, and what belongs to it. */
interface Variant {
  readonly width: number;
  readonly depth: number;
  readonly inputSize: number;
  /** Fraction of features that the top drops in training. */
  readonly dropout: number;
  readonly hashes: readonly [string, string];
}

function efficientNet(number: number, variant: Variant): Omit<Application, 'parameters' | 'tensors'> {
  const { width, depth, inputSize, dropout, hashes } = variant;
  const name = `efficientnetb${number}`;
  const counts = stages.map(([, count]) => Math.ceil(depth * count));
  const total = counts.reduce((sum, count) => sum + count, 0);
  return {
    name: `EfficientNetB${number}`,
    modelName: () => name,
    inputSize,
    minSize: 32,
    fixedSize: 'withTop',
    preprocessing: 'none',
    bare: null,
    options: {},
    weights: [true, false].map((top, i) => {
      const file = `${name}${top ? '' : '_notop'}.h5`;
      // Not where the others are.
      const url = `https://storage.googleapis.com/keras-applications/${file}`;
      return { top, options: {}, file, url, hash: hashes[i] as string };
    }),
    cut: 'top_activation',
    groups: ['block2a_expand_conv', 'block3a_expand_conv', 'block4a_expand_conv', 'block6a_expand_conv', 'top_conv'],

    features(x, { pretrained }) {
      let y = chain(
        x,
        layers.rescaling({ scale: 1 / 255 }),
        layers.normalization({ axis: 3 }),
        // The network was trained on differences divided by variances; the layer divides by deviations.
        ...(pretrained ? [layers.rescaling({ scale: deviations.map((deviation) => 1 / Math.sqrt(deviation)) })] : []),
      );
      y = chain(
        y,
        layers.zeroPadding2d({ padding: stridePadding(y, 3), name: 'stem_conv_pad' }),
        layers.conv2d({
          filters: divisible(32 * width),
          kernelSize: 3,
          strides: 2,
          useBias: false,
          kernelInitializer: kernels,
          name: 'stem_conv',
        }),
        ...activated('stem_'),
      );
      let block = 0;
      for (const [stage, [kernelSize, , filters, expansion, stride]] of stages.entries()) {
        for (let i = 0; i < (counts[stage] as number); i++) {
          const shape = { kernelSize, expansion, filters: divisible(filters * width), strides: i === 0 ? stride : 1 };
          y = invertedResidual(y, shape, (dropConnect * block++) / total, blockPrefix(stage, i));
        }
      }
      return chain(y, convolution(divisible(1280 * width), 1, 'top_conv'), ...activated('top_'));
    },
    top: (x, settings) => droppingClassifier(x, settings, dropout),
    pool: (x, settings) => pooled(x, settings, true),
  };
}

/** EfficientNet B0 (Tan & Le, 2019). */
export const efficientNetB0 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ efficientNet(0, {
    width: 1,
    depth: 1,
    inputSize: 224,
    dropout: 0.2,
    hashes: ['902e53a9f72be733fc0bcb005b3ebbac', '50bc09e76180e00e4465e1a485ddc09d'],
  }),
  {
    parameters: { total: 5_330_571, trainable: 5_288_548, withoutTop: 4_049_571 },
    tensors: 314,
  },
);

/** EfficientNet B1 (Tan & Le, 2019). */
export const efficientNetB1 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ efficientNet(1, {
    width: 1,
    depth: 1.1,
    inputSize: 240,
    dropout: 0.2,
    hashes: ['1d254153d4ab51201f1646940f018540', '74c4e6b3e1f6a1eea24c589628592432'],
  }),
  {
    parameters: { total: 7_856_239, trainable: 7_794_184, withoutTop: 6_575_239 },
    tensors: 442,
  },
);

/** EfficientNet B2 (Tan & Le, 2019). */
export const efficientNetB2 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ efficientNet(2, {
    width: 1.1,
    depth: 1.2,
    inputSize: 260,
    dropout: 0.3,
    hashes: ['b15cce36ff4dcbd00b6dd88e7857a6ad', '111f8e2ac8aa800a7a99e3239f7bfb39'],
  }),
  {
    parameters: { total: 9_177_569, trainable: 9_109_994, withoutTop: 7_768_569 },
    tensors: 442,
  },
);

/** EfficientNet B3 (Tan & Le, 2019). */
export const efficientNetB3 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ efficientNet(3, {
    width: 1.2,
    depth: 1.4,
    inputSize: 300,
    dropout: 0.3,
    hashes: ['ffd1fdc53d0ce67064dc6a9c7960ede0', 'af6d107764bb5b1abb91932881670226'],
  }),
  {
    parameters: { total: 12_320_535, trainable: 12_233_232, withoutTop: 10_783_535 },
    tensors: 499,
  },
);

/** EfficientNet B4 (Tan & Le, 2019). */
export const efficientNetB4 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ efficientNet(4, {
    width: 1.4,
    depth: 1.8,
    inputSize: 380,
    dropout: 0.4,
    hashes: ['18c95ad55216b8f92d7e70b3a046e2fc', 'ebc24e6d6c33eaebbd558eafbeedf1ba'],
  }),
  {
    parameters: { total: 19_466_823, trainable: 19_341_616, withoutTop: 17_673_823 },
    tensors: 613,
  },
);

/** EfficientNet B5 (Tan & Le, 2019). */
export const efficientNetB5 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ efficientNet(5, {
    width: 1.6,
    depth: 2.2,
    inputSize: 456,
    dropout: 0.4,
    hashes: ['ace28f2a6363774853a83a0b21b9421a', '38879255a25d3c92d5e44e04ae6cec6f'],
  }),
  {
    parameters: { total: 30_562_527, trainable: 30_389_784, withoutTop: 28_513_527 },
    tensors: 741,
  },
);

/** EfficientNet B6 (Tan & Le, 2019). */
export const efficientNetB6 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ efficientNet(6, {
    width: 1.8,
    depth: 2.6,
    inputSize: 528,
    dropout: 0.5,
    hashes: ['165f6e37dce68623721b423839de8be5', '9ecce42647a20130c1f39a5d4cb75743'],
  }),
  {
    parameters: { total: 43_265_143, trainable: 43_040_704, withoutTop: 40_960_143 },
    tensors: 855,
  },
);

/** EfficientNet B7 (Tan & Le, 2019). */
export const efficientNetB7 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ efficientNet(7, {
    width: 2,
    depth: 3.1,
    inputSize: 600,
    dropout: 0.5,
    hashes: ['8c03f828fec3ef71311cd463b6759d99', 'cbcfe4450ddf6f3ad90b1b398090fe4a'],
  }),
  {
    parameters: { total: 66_658_687, trainable: 66_347_960, withoutTop: 64_097_687 },
    tensors: 1040,
  },
);

interface BlockShape {
  readonly kernelSize: number;
  readonly expansion: number;
  readonly filters: number;
  readonly strides: number;
}

/** Few channels to many, each filtered by itself and weighed, and back to few. */
function invertedResidual(x: SymbolicTensor, shape: BlockShape, dropRate: number, prefix: string): SymbolicTensor {
  const { kernelSize, expansion, filters, strides } = shape;
  const channels = channelsOf(x);
  let y = x;
  if (expansion !== 1) {
    y = chain(y, convolution(channels * expansion, 1, `${prefix}expand_conv`), ...activated(`${prefix}expand_`));
  }
  if (strides === 2) {
    y = layers.zeroPadding2d({ padding: stridePadding(y, kernelSize), name: `${prefix}dwconv_pad` }).apply(y);
  }
  y = chain(
    y,
    layers.depthwiseConv2d({
      kernelSize,
      strides,
      padding: strides === 2 ? 'valid' : 'same',
      useBias: false,
      depthwiseInitializer: kernels,
      name: `${prefix}dwconv`,
    }),
    ...activated(prefix),
  );
  y = chain(
    squeezeExcite(y, Math.max(1, Math.floor(channels / 4)), prefix),
    convolution(filters, 1, `${prefix}project_conv`),
    layers.batchNormalization({ axis: 3, name: `${prefix}project_bn` }),
  );
  return strides === 1 && channels === filters ? residual(x, y, dropRate, prefix) : y;
}
