import { layers, type SymbolicTensor } from '../../layers/index.js';
import type { Application } from './application.js';
import { chain, channelsOf, classifier, pooled } from './blocks.js';
import { defineApplication } from './defineApplication.js';
import { publishedPair } from './publishedWeights.js';

const record = {
  name: 'InceptionResNetV2',
  modelName: () => 'inception_resnet_v2',
  inputSize: 299,
  minSize: 75,
  fixedSize: 'withTop',
  preprocessing: 'tf',
  bare: null,
  options: {},
  weights: /* @__PURE__ */ publishedPair(
    'inception_resnet_v2',
    [
      'inception_resnet_v2_weights_tf_dim_ordering_tf_kernels.h5',
      'inception_resnet_v2_weights_tf_dim_ordering_tf_kernels_notop.h5',
    ],
    ['e693bd0210a403b3192acc6073ad2e96', 'd19885ff4a710c122648d3b5c3b684e4'],
  ),
  cut: 'conv_7b_ac',
  // Convolutions have numbers for names: a part begins with the mixture before its first one.
  groups: ['mixed_5b', 'mixed_6a', 'mixed_7a', 'conv_7b'],
  parameters: { total: 55_873_736, trainable: 55_813_192, withoutTop: 54_336_736 },
  tensors: 898,

  features(x) {
    let y = mixFirst(stem(x));
    for (let i = 1; i <= 10; i++) y = residualBlock(y, block35, 0.17, `block35_${i}`);
    y = reduceFirst(y);
    for (let i = 1; i <= 20; i++) y = residualBlock(y, block17, 0.1, `block17_${i}`);
    y = reduceSecond(y);
    for (let i = 1; i <= 9; i++) y = residualBlock(y, block8, 0.2, `block8_${i}`);
    y = residualBlock(y, block8, 1, 'block8_10', false);
    return chain(
      y,
      layers.conv2d({ filters: 1536, kernelSize: 1, padding: 'same', useBias: false, name: 'conv_7b' }),
      layers.batchNormalization({ axis: 3, scale: false, name: 'conv_7b_bn' }),
      layers.activation({ activation: 'relu', name: 'conv_7b_ac' }),
    );
  },
  top: (x, settings) => classifier(x, settings, 'avg_pool'),
  pool: (x, settings) => pooled(x, settings, false),
} satisfies Application;

/** Inception with residual connections, second version (Szegedy et al., 2017). */
export const inceptionResNetV2 = /* @__PURE__ */ defineApplication(record);

type Kernel = number | readonly [rows: number, columns: number];

/** A convolution; `halving` ones have stride 2, and like `valid` ones no padding. */
type Step = readonly [filters: number, kernel: Kernel, window?: 'halving' | 'valid'];

/** Convolutions one after the other, each normalised and activated. */
function tower(x: SymbolicTensor, ...steps: readonly Step[]): SymbolicTensor {
  return steps.reduce(
    (y, [filters, kernelSize, window]) =>
      chain(
        y,
        layers.conv2d({
          filters,
          kernelSize,
          strides: window === 'halving' ? 2 : 1,
          padding: window === undefined ? 'same' : 'valid',
          useBias: false,
        }),
        layers.batchNormalization({ axis: 3, scale: false }),
        layers.activation({ activation: 'relu' }),
      ),
    x,
  );
}

function mix(branches: readonly SymbolicTensor[], name: string): SymbolicTensor {
  return layers.concatenate({ axis: 3, name }).apply(branches);
}

function halve(x: SymbolicTensor): SymbolicTensor {
  return layers.maxPooling2d({ poolSize: 3, strides: 2 }).apply(x);
}

function stem(x: SymbolicTensor): SymbolicTensor {
  const y = halve(tower(x, [32, 3, 'halving'], [32, 3, 'valid'], [64, 3]));
  return halve(tower(y, [80, 1, 'valid'], [192, 3, 'valid']));
}

function mixFirst(x: SymbolicTensor): SymbolicTensor {
  const branches = [tower(x, [96, 1]), tower(x, [48, 1], [64, 5]), tower(x, [64, 1], [96, 3], [96, 3])];
  const mean = layers.averagePooling2d({ poolSize: 3, strides: 1, padding: 'same' }).apply(x);
  return mix([...branches, tower(mean, [64, 1])], 'mixed_5b');
}

function reduceFirst(x: SymbolicTensor): SymbolicTensor {
  const branches = [tower(x, [384, 3, 'halving']), tower(x, [256, 1], [256, 3], [384, 3, 'halving'])];
  return mix([...branches, halve(x)], 'mixed_6a');
}

function reduceSecond(x: SymbolicTensor): SymbolicTensor {
  const branches = [
    tower(x, [256, 1], [384, 3, 'halving']),
    tower(x, [256, 1], [288, 3, 'halving']),
    tower(x, [256, 1], [288, 3], [320, 3, 'halving']),
  ];
  return mix([...branches, halve(x)], 'mixed_7a');
}

const block35 = (x: SymbolicTensor): readonly SymbolicTensor[] => [
  tower(x, [32, 1]),
  tower(x, [32, 1], [32, 3]),
  tower(x, [32, 1], [48, 3], [64, 3]),
];

const block17 = (x: SymbolicTensor): readonly SymbolicTensor[] => [
  tower(x, [192, 1]),
  tower(x, [128, 1], [160, [1, 7]], [192, [7, 1]]),
];

const block8 = (x: SymbolicTensor): readonly SymbolicTensor[] => [
  tower(x, [192, 1]),
  tower(x, [192, 1], [224, [1, 3]], [256, [3, 1]]),
];

/** `x` and a share of what its branches make together. */
function residualBlock(
  x: SymbolicTensor,
  branches: (x: SymbolicTensor) => readonly SymbolicTensor[],
  scale: number,
  name: string,
  activate = true,
): SymbolicTensor {
  const change = layers
    .conv2d({ filters: channelsOf(x), kernelSize: 1, padding: 'same', name: `${name}_conv` })
    .apply(mix(branches(x), `${name}_mixed`));
  const sum = layers.customScaleLayer({ scale }).apply([x, change]);
  return activate ? layers.activation({ activation: 'relu', name: `${name}_ac` }).apply(sum) : sum;
}
