import { type Layer, layers, type SymbolicTensor } from '../../layers/index.js';
import type { Application } from './application.js';
import { chain, channelsOf, classifier, pooled } from './blocks.js';
import { defineApplication } from './defineApplication.js';
import { publishedPair } from './publishedWeights.js';

/** Channels that each block adds. */
const growth = 32;

/** What the three networks have in common; `blocks` are the numbers of blocks in the four stages. */
function denseNet(
  depth: 121 | 169 | 201,
  blocks: readonly number[],
  hashes: readonly [string, string],
): Omit<Application, 'parameters' | 'tensors'> {
  const file = `densenet${depth}_weights_tf_dim_ordering_tf_kernels`;
  return {
    name: `DenseNet${depth}`,
    modelName: () => `densenet${depth}`,
    inputSize: 224,
    minSize: 32,
    fixedSize: 'withTop',
    preprocessing: 'torch',
    bare: null,
    options: {},
    weights: publishedPair('densenet', [`${file}.h5`, `${file}_notop.h5`], hashes),
    cut: 'relu',
    groups: ['conv2_block1_0_bn', 'conv3_block1_0_bn', 'conv4_block1_0_bn', 'conv5_block1_0_bn'],

    features(x) {
      const start = chain(
        x,
        layers.zeroPadding2d({ padding: 3 }),
        layers.conv2d({ filters: 64, kernelSize: 7, strides: 2, useBias: false, name: 'conv1_conv' }),
        normalization('conv1_bn'),
        relu('conv1_relu'),
        layers.zeroPadding2d({ padding: 1 }),
        layers.maxPooling2d({ poolSize: 3, strides: 2, name: 'pool1' }),
      );
      const end = blocks.reduce((stage, count, i) => {
        let y = stage;
        for (let block = 1; block <= count; block++) y = denseBlock(y, `conv${i + 2}_block${block}`);
        return i === blocks.length - 1 ? y : halve(y, `pool${i + 2}`);
      }, start);
      return chain(end, normalization('bn'), relu('relu'));
    },
    top: (x, settings) => classifier(x, settings, 'avg_pool'),
    pool: (x, settings) => pooled(x, settings, true),
  };
}

/** DenseNet with 121 layers (Huang et al., 2017). */
export const denseNet121 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ denseNet(
    121,
    [6, 12, 24, 16],
    ['9d60b8095a5708f2dcce2bca79d332c7', '30ee3e1110167f948a6b9946edeeb738'],
  ),
  {
    parameters: { total: 8_062_504, trainable: 7_978_856, withoutTop: 7_037_504 },
    tensors: 606,
  },
);

/** DenseNet with 169 layers (Huang et al., 2017). */
export const denseNet169 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ denseNet(
    169,
    [6, 12, 32, 32],
    ['d699b8f76981ab1b30698df4c175e90b', 'b8c4d4c20dd625c148057b9ff1c1176b'],
  ),
  {
    parameters: { total: 14_307_880, trainable: 14_149_480, withoutTop: 12_642_880 },
    tensors: 846,
  },
);

/** DenseNet with 201 layers (Huang et al., 2017). */
export const denseNet201 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ denseNet(
    201,
    [6, 12, 48, 32],
    ['1ceb130c1ea1b78c3bf6114dbdfd8807', 'c13680b51ded0fb44dff2d8f86ac8bb1'],
  ),
  {
    parameters: { total: 20_242_984, trainable: 20_013_928, withoutTop: 18_321_984 },
    tensors: 1006,
  },
);

function normalization(name: string): Layer {
  return layers.batchNormalization({ axis: 3, epsilon: 1.001e-5, name });
}

function relu(name: string): Layer {
  return layers.activation({ activation: 'relu', name });
}

/** New channels, computed from all that there are, beside them. */
function denseBlock(x: SymbolicTensor, name: string): SymbolicTensor {
  const added = chain(
    x,
    normalization(`${name}_0_bn`),
    relu(`${name}_0_relu`),
    layers.conv2d({ filters: 4 * growth, kernelSize: 1, useBias: false, name: `${name}_1_conv` }),
    normalization(`${name}_1_bn`),
    relu(`${name}_1_relu`),
    layers.conv2d({ filters: growth, kernelSize: 3, padding: 'same', useBias: false, name: `${name}_2_conv` }),
  );
  return layers.concatenate({ axis: 3, name: `${name}_concat` }).apply([x, added]);
}

/** Half the channels, rows and columns. */
function halve(x: SymbolicTensor, name: string): SymbolicTensor {
  return chain(
    x,
    normalization(`${name}_bn`),
    relu(`${name}_relu`),
    layers.conv2d({ filters: Math.floor(channelsOf(x) / 2), kernelSize: 1, useBias: false, name: `${name}_conv` }),
    layers.averagePooling2d({ poolSize: 2, strides: 2, name: `${name}_pool` }),
  );
}
