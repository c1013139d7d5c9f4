import { initializers, type Layer, layers, type SymbolicTensor } from '../../layers/index.js';
import type { Application } from './application.js';
import { chain, channelsOf, pooled } from './blocks.js';
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
import { publishedPair } from './publishedWeights.js';

/** Options of `efficientNetV2…` only. */
export interface EfficientNetV2Options {
  /** Begin with layers that scale pixels of 0 to 255. @defaultValue `true` */
  readonly includePreprocessing: boolean;
}

/** Kind of blocks, their number, channels, expansion and stride. */
type Stage = readonly [kind: 'fused' | 'depthwise', count: number, filters: number, expansion: number, stride: number];

const stagesOfB: readonly Stage[] = [
  ['fused', 1, 16, 1, 1],
  ['fused', 2, 32, 4, 2],
  ['fused', 2, 48, 4, 2],
  ['depthwise', 3, 96, 4, 2],
  ['depthwise', 5, 112, 6, 1],
  ['depthwise', 8, 192, 6, 2],
];

const stagesOfS: readonly Stage[] = [
  ['fused', 2, 24, 1, 1],
  ['fused', 4, 48, 4, 2],
  ['fused', 4, 64, 4, 2],
  ['depthwise', 6, 128, 4, 2],
  ['depthwise', 9, 160, 6, 1],
  ['depthwise', 15, 256, 6, 2],
];

const stagesOfM: readonly Stage[] = [
  ['fused', 3, 24, 1, 1],
  ['fused', 5, 48, 4, 2],
  ['fused', 5, 80, 4, 2],
  ['depthwise', 7, 160, 4, 2],
  ['depthwise', 14, 176, 6, 1],
  ['depthwise', 18, 304, 6, 2],
  ['depthwise', 5, 512, 6, 1],
];

const stagesOfL: readonly Stage[] = [
  ['fused', 4, 32, 1, 1],
  ['fused', 7, 64, 4, 2],
  ['fused', 7, 96, 4, 2],
  ['depthwise', 10, 192, 4, 2],
  ['depthwise', 19, 224, 6, 1],
  ['depthwise', 25, 384, 6, 2],
  ['depthwise', 7, 640, 6, 1],
];

const momentum = 0.9;

/** What tells the networks apart. */
interface Variant {
  readonly stages: readonly Stage[];
  /** Channels of the first convolution, before `width`. */
  readonly stem: number;
  /** Factor for the number of channels. @defaultValue `1` */
  readonly width?: number;
  /** Factor for the number of blocks. @defaultValue `1` */
  readonly depth?: number;
  readonly inputSize: number;
  /** Scales pixels by the statistics of ImageNet, instead of to -1 to 1. */
  readonly standardizes: boolean;
  readonly hashes: readonly [string, string];
}

function efficientNetV2(
  kind: string,
  variant: Variant,
): Omit<Application<EfficientNetV2Options>, 'parameters' | 'tensors'> {
  const { stages, stem, width = 1, depth = 1, inputSize, standardizes, hashes } = variant;
  const name = `efficientnetv2-${kind.toLowerCase()}`;
  const scaled = (channels: number): number => Math.max(8, Math.floor((channels * width + 4) / 8) * 8);
  // Before they are scaled: deeper networks leave out more at their end.
  const total = stages.reduce((sum, [, count]) => sum + count, 0);
  return {
    name: `EfficientNetV2${kind}`,
    modelName: () => name,
    inputSize,
    minSize: 32,
    fixedSize: 'withTop',
    preprocessing: 'none',
    bare: standardizes ? 'torch' : null,
    options: { includePreprocessing: true },
    weights: publishedPair('efficientnet_v2', [`${name}.h5`, `${name}_notop.h5`], hashes, {
      includePreprocessing: true,
    }),
    cut: 'top_activation',
    groups: ['block2a_expand_conv', 'block4a_expand_conv', 'block6a_expand_conv', 'top_conv'],

    features(x, { includePreprocessing }) {
      const scaling = standardizes && channelsOf(x) === 3 ? standardization() : [symmetricScaling()];
      let y = chain(
        x,
        ...(includePreprocessing ? scaling : []),
        convolution(scaled(stem), 3, 'stem_conv', 2),
        ...activated('stem_', momentum),
      );
      let block = 0;
      for (const [stage, [blockKind, count, filters, expansion, stride]] of stages.entries()) {
        const build = blockKind === 'fused' ? fusedBlock : depthwiseBlock;
        for (let i = 0; i < Math.ceil(depth * count); i++) {
          const shape = { expansion, filters: scaled(filters), strides: i === 0 ? stride : 1 };
          const prefix = blockPrefix(stage, i);
          const before = y;
          y = build(before, shape, prefix);
          const fits = shape.strides === 1 && channelsOf(before) === shape.filters;
          if (fits) y = residual(before, y, (dropConnect * block) / total, prefix);
          block++;
        }
      }
      return chain(y, convolution(scaled(1280), 1, 'top_conv'), ...activated('top_', momentum));
    },
    top: (x, settings) => droppingClassifier(x, settings, 0.2, initializers.constant({ value: 0 })),
    pool: (x, settings) => pooled(x, settings, true),
  };
}

/** EfficientNetV2 B0 (Tan & Le, 2021). */
export const efficientNetV2B0 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ efficientNetV2('B0', {
    stages: stagesOfB,
    stem: 32,
    inputSize: 224,
    standardizes: true,
    hashes: ['21ecbf6da12460d5c40bb2f29ceb2188', '893217f2bb855e2983157299931e43ff'],
  }),
  {
    parameters: { total: 7_200_312, trainable: 7_139_704, withoutTop: 5_919_312 },
    tensors: 361,
  },
);

/** EfficientNetV2 B1 (Tan & Le, 2021). */
export const efficientNetV2B1 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ efficientNetV2('B1', {
    stages: stagesOfB,
    stem: 32,
    depth: 1.1,
    inputSize: 240,
    standardizes: true,
    hashes: ['069f0534ff22adf035c89e2d9547a9dc', '0e80663031ca32d657f9caa404b6ec37'],
  }),
  {
    parameters: { total: 8_212_124, trainable: 8_141_052, withoutTop: 6_931_124 },
    tensors: 443,
  },
);

/** EfficientNetV2 B2 (Tan & Le, 2021). */
export const efficientNetV2B2 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ efficientNetV2('B2', {
    stages: stagesOfB,
    stem: 32,
    width: 1.1,
    depth: 1.2,
    inputSize: 260,
    standardizes: true,
    hashes: ['424e49f28180edbde1e94797771950a7', '1dfe2e7a5d45b6632553a8961ea609eb'],
  }),
  {
    parameters: { total: 10_178_374, trainable: 10_096_086, withoutTop: 8_769_374 },
    tensors: 462,
  },
);

/** EfficientNetV2 B3 (Tan & Le, 2021). */
export const efficientNetV2B3 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ efficientNetV2('B3', {
    stages: stagesOfB,
    stem: 32,
    width: 1.2,
    depth: 1.4,
    inputSize: 300,
    standardizes: true,
    hashes: ['1f1fc43bd98a6e4fd8fdfd551e02c7a0', 'f6abf7b5849ac99a89b50dd3fd532856'],
  }),
  {
    parameters: { total: 14_467_622, trainable: 14_358_406, withoutTop: 12_930_622 },
    tensors: 538,
  },
);

/** EfficientNetV2 S (Tan & Le, 2021). */
export const efficientNetV2S = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ efficientNetV2('S', {
    stages: stagesOfS,
    stem: 24,
    inputSize: 384,
    standardizes: false,
    hashes: ['e1d88a8495beba45748fedd0cecbe016', 'af0682fb74e8c54910f2d4393339c070'],
  }),
  {
    parameters: { total: 21_612_360, trainable: 21_458_488, withoutTop: 20_331_360 },
    tensors: 672,
  },
);

/** EfficientNetV2 M (Tan & Le, 2021). */
export const efficientNetV2M = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ efficientNetV2('M', {
    stages: stagesOfM,
    stem: 24,
    inputSize: 480,
    standardizes: false,
    hashes: ['a3bf6aa3276309f4fc6a34aa114c95cd', '1b8dc055df72dde80d614482840fe342'],
  }),
  {
    parameters: { total: 54_431_388, trainable: 54_139_356, withoutTop: 53_150_388 },
    tensors: 963,
  },
);

/** EfficientNetV2 L (Tan & Le, 2021). */
export const efficientNetV2L = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ efficientNetV2('L', {
    stages: stagesOfL,
    stem: 32,
    inputSize: 480,
    standardizes: false,
    hashes: ['27e6d408b53c7ebc868fefa357689935', 'b0b66b5c863aef5b46e8608fe1711615'],
  }),
  {
    parameters: { total: 119_027_848, trainable: 118_515_272, withoutTop: 117_746_848 },
    tensors: 1331,
  },
);

function standardization(): readonly Layer[] {
  const variance = [0.229, 0.224, 0.225].map((deviation) => deviation ** 2);
  return [
    layers.rescaling({ scale: 1 / 255 }),
    layers.normalization({ mean: [0.485, 0.456, 0.406], variance, axis: 3 }),
  ];
}

function symmetricScaling(): Layer {
  return layers.rescaling({ scale: 1 / 128, offset: -1 });
}

interface BlockShape {
  readonly expansion: number;
  readonly filters: number;
  readonly strides: number;
}

/** Few channels to many, each filtered by itself and weighed, and back to few. */
function depthwiseBlock(
  x: SymbolicTensor,
  { expansion, filters, strides }: BlockShape,
  prefix: string,
): SymbolicTensor {
  const channels = channelsOf(x);
  const y = chain(
    x,
    convolution(channels * expansion, 1, `${prefix}expand_conv`),
    ...activated(`${prefix}expand_`, momentum),
    layers.depthwiseConv2d({
      kernelSize: 3,
      strides,
      depthwiseInitializer: kernels,
      padding: 'same',
      useBias: false,
      name: `${prefix}dwconv2`,
    }),
    ...activated(prefix, momentum),
  );
  return chain(
    squeezeExcite(y, Math.max(1, Math.floor(channels / 4)), prefix),
    convolution(filters, 1, `${prefix}project_conv`),
    layers.batchNormalization({ axis: 3, momentum, name: `${prefix}project_bn` }),
  );
}

/** One full convolution does the work of expansion and filter; it also projects if nothing is expanded. */
function fusedBlock(x: SymbolicTensor, { expansion, filters, strides }: BlockShape, prefix: string): SymbolicTensor {
  if (expansion === 1) {
    return chain(
      x,
      convolution(filters, 3, `${prefix}project_conv`, strides),
      ...activated(`${prefix}project_`, momentum),
    );
  }
  return chain(
    x,
    convolution(channelsOf(x) * expansion, 3, `${prefix}expand_conv`, strides),
    ...activated(`${prefix}expand_`, momentum),
    convolution(filters, 1, `${prefix}project_conv`),
    layers.batchNormalization({ axis: 3, momentum, name: `${prefix}project_bn` }),
  );
}
