import { layers, type SymbolicTensor } from '../../layers/index.js';
import type { Application } from './application.js';
import { chain, classifier, pooled } from './blocks.js';
import { defineApplication } from './defineApplication.js';
import { publishedPair } from './publishedWeights.js';

const record = {
  name: 'InceptionV3',
  modelName: () => 'inception_v3',
  inputSize: 299,
  minSize: 75,
  fixedSize: 'withTop',
  preprocessing: 'tf',
  bare: null,
  options: {},
  weights: /* @__PURE__ */ publishedPair(
    'inception_v3',
    ['inception_v3_weights_tf_dim_ordering_tf_kernels.h5', 'inception_v3_weights_tf_dim_ordering_tf_kernels_notop.h5'],
    ['9a0d58056eeedaa3f26cb7ebd46da564', 'bcbd6486424b2319ff4ef7d526e38f63'],
  ),
  cut: 'mixed10',
  // Convolutions have numbers for names: a part begins with the mixture before its first one.
  groups: ['mixed0', 'mixed2', 'mixed3', 'mixed7', 'mixed8', 'mixed9'],
  parameters: { total: 23_851_784, trainable: 23_817_352, withoutTop: 21_802_784 },
  tensors: 378,

  features(x) {
    let y = stem(x);
    for (const [i, channels] of [32, 64, 64].entries()) y = small(y, channels, `mixed${i}`);
    y = reduceFirst(y);
    for (const [i, channels] of [128, 160, 160, 192].entries()) y = wide(y, channels, `mixed${i + 4}`);
    y = reduceSecond(y);
    for (const i of [0, 1]) y = fanned(y, i);
    return y;
  },
  top: (x, settings) => classifier(x, settings, 'avg_pool'),
  pool: (x, settings) => pooled(x, settings, false),
} satisfies Application;

/** Inception, third version (Szegedy et al., 2016). */
export const inceptionV3 = /* @__PURE__ */ defineApplication(record);

type Kernel = number | readonly [rows: number, columns: number];

/** How a convolution goes about it. */
interface Window {
  readonly strides?: number;
  readonly padding?: 'same' | 'valid';
}

const valid: Window = { padding: 'valid' };
const halving: Window = { strides: 2, padding: 'valid' };

function convolve(x: SymbolicTensor, filters: number, kernelSize: Kernel, window: Window = {}): SymbolicTensor {
  const { strides = 1, padding = 'same' } = window;
  return chain(
    x,
    layers.conv2d({ filters, kernelSize, strides, padding, useBias: false }),
    layers.batchNormalization({ axis: 3, scale: false }),
    layers.activation({ activation: 'relu' }),
  );
}

/** Convolutions one after the other. */
function tower(
  x: SymbolicTensor,
  ...steps: readonly (readonly [filters: number, kernel: Kernel, window?: Window])[]
): SymbolicTensor {
  return steps.reduce((y, [filters, kernel, window]) => convolve(y, filters, kernel, window), x);
}

function mix(branches: readonly SymbolicTensor[], name?: string): SymbolicTensor {
  return layers.concatenate({ axis: 3, name }).apply(branches);
}

function halve(x: SymbolicTensor): SymbolicTensor {
  return layers.maxPooling2d({ poolSize: 3, strides: 2 }).apply(x);
}

/** The mean around each pixel, then a convolution. */
function smooth(x: SymbolicTensor, filters: number): SymbolicTensor {
  return convolve(layers.averagePooling2d({ poolSize: 3, strides: 1, padding: 'same' }).apply(x), filters, 1);
}

function stem(x: SymbolicTensor): SymbolicTensor {
  const y = halve(tower(x, [32, 3, halving], [32, 3, valid], [64, 3]));
  return halve(tower(y, [80, 1, valid], [192, 3, valid]));
}

function small(x: SymbolicTensor, channels: number, name: string): SymbolicTensor {
  const branches = [tower(x, [64, 1]), tower(x, [48, 1], [64, 5]), tower(x, [64, 1], [96, 3], [96, 3])];
  return mix([...branches, smooth(x, channels)], name);
}

function reduceFirst(x: SymbolicTensor): SymbolicTensor {
  return mix([tower(x, [384, 3, halving]), tower(x, [64, 1], [96, 3], [96, 3, halving]), halve(x)], 'mixed3');
}

/** Windows of seven by one and one by seven. */
function wide(x: SymbolicTensor, channels: number, name: string): SymbolicTensor {
  const branches = [
    tower(x, [192, 1]),
    tower(x, [channels, 1], [channels, [1, 7]], [192, [7, 1]]),
    tower(x, [channels, 1], [channels, [7, 1]], [channels, [1, 7]], [channels, [7, 1]], [192, [1, 7]]),
  ];
  return mix([...branches, smooth(x, 192)], name);
}

function reduceSecond(x: SymbolicTensor): SymbolicTensor {
  const branches = [
    tower(x, [192, 1], [320, 3, halving]),
    tower(x, [192, 1], [192, [1, 7]], [192, [7, 1]], [192, 3, halving]),
  ];
  return mix([...branches, halve(x)], 'mixed8');
}

/** Branches that split once more into rows and columns. */
function fanned(x: SymbolicTensor, i: number): SymbolicTensor {
  const split = (y: SymbolicTensor, name?: string): SymbolicTensor =>
    mix([convolve(y, 384, [1, 3]), convolve(y, 384, [3, 1])], name);
  const branches = [
    convolve(x, 320, 1),
    split(convolve(x, 384, 1), `mixed9_${i}`),
    split(tower(x, [448, 1], [384, 3])),
  ];
  return mix([...branches, smooth(x, 192)], `mixed${9 + i}`);
}
