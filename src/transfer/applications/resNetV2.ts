import { type Layer, layers, type SymbolicTensor } from '../../layers/index.js';
import type { Application } from './application.js';
import { chain, classifier, pooled } from './blocks.js';
import { defineApplication } from './defineApplication.js';
import { publishedPair } from './publishedWeights.js';

/** Numbers of blocks in the four stages. */
const depths = { 50: [3, 4, 6, 3], 101: [3, 4, 23, 3], 152: [3, 8, 36, 3] } as const;

/** What the three networks have in common. */
function resNetV2(
  depth: keyof typeof depths,
  hashes: readonly [string, string],
): Omit<Application, 'parameters' | 'tensors'> {
  const file = `resnet${depth}v2_weights_tf_dim_ordering_tf_kernels`;
  return {
    name: `ResNet${depth}V2`,
    modelName: () => `resnet${depth}v2`,
    inputSize: 224,
    minSize: 32,
    fixedSize: 'withTop',
    preprocessing: 'tf',
    bare: null,
    options: {},
    weights: publishedPair('resnet', [`${file}.h5`, `${file}_notop.h5`], hashes),
    cut: 'post_relu',
    groups: ['conv2_block1_preact_bn', 'conv3_block1_preact_bn', 'conv4_block1_preact_bn', 'conv5_block1_preact_bn'],

    features(x) {
      const start = chain(
        x,
        layers.zeroPadding2d({ padding: 3, name: 'conv1_pad' }),
        layers.conv2d({ filters: 64, kernelSize: 7, strides: 2, name: 'conv1_conv' }),
        layers.zeroPadding2d({ padding: 1, name: 'pool1_pad' }),
        layers.maxPooling2d({ poolSize: 3, strides: 2, name: 'pool1_pool' }),
      );
      const end = depths[depth].reduce<SymbolicTensor>((stage, blocks, i) => {
        let y = stage;
        for (let block = 1; block <= blocks; block++) {
          // Stages get smaller at their end, but for the last.
          const stride = block === blocks && i < 3 ? 2 : 1;
          y = bottleneck(y, 64 * 2 ** i, stride, block === 1, `conv${i + 2}_block${block}`);
        }
        return y;
      }, start);
      return chain(end, normalization('post_bn'), relu('post_relu'));
    },
    top: (x, settings) => classifier(x, settings, 'avg_pool'),
    pool: (x, settings) => pooled(x, settings, true),
  };
}

/** ResNet with 50 layers that normalises before it convolves (He et al., 2016). */
export const resNet50V2 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ resNetV2(50, ['3ef43a0b657b3be2300d5770ece849e0', 'fac2f116257151a9d068a22e544a4917']),
  {
    parameters: { total: 25_613_800, trainable: 25_568_360, withoutTop: 23_564_800 },
    tensors: 272,
  },
);

/** ResNet with 101 layers that normalises before it convolves (He et al., 2016). */
export const resNet101V2 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ resNetV2(101, ['6343647c601c52e1368623803854d971', 'c0ed64b8031c3730f411d2eb4eea35b5']),
  {
    parameters: { total: 44_675_560, trainable: 44_577_896, withoutTop: 42_626_560 },
    tensors: 544,
  },
);

/** ResNet with 152 layers that normalises before it convolves (He et al., 2016). */
export const resNet152V2 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ resNetV2(152, ['a49b44d1979771252814e80f8ec446f9', 'ed17cf2e0169df9d443503ef94b23b33']),
  {
    parameters: { total: 60_380_648, trainable: 60_236_904, withoutTop: 58_331_648 },
    tensors: 816,
  },
);

function normalization(name: string): Layer {
  return layers.batchNormalization({ axis: 3, epsilon: 1.001e-5, name });
}

function relu(name: string): Layer {
  return layers.activation({ activation: 'relu', name });
}

/** As in ResNet, with normalisation and activation before each convolution. */
function bottleneck(
  x: SymbolicTensor,
  filters: number,
  strides: number,
  project: boolean,
  name: string,
): SymbolicTensor {
  const activated = chain(x, normalization(`${name}_preact_bn`), relu(`${name}_preact_relu`));
  const shortcut = project
    ? layers.conv2d({ filters: 4 * filters, kernelSize: 1, strides, name: `${name}_0_conv` }).apply(activated)
    : strides > 1
      ? layers.maxPooling2d({ poolSize: 1, strides }).apply(x)
      : x;
  const y = chain(
    activated,
    layers.conv2d({ filters, kernelSize: 1, useBias: false, name: `${name}_1_conv` }),
    normalization(`${name}_1_bn`),
    relu(`${name}_1_relu`),
    layers.zeroPadding2d({ padding: 1, name: `${name}_2_pad` }),
    layers.conv2d({ filters, kernelSize: 3, strides, useBias: false, name: `${name}_2_conv` }),
    normalization(`${name}_2_bn`),
    relu(`${name}_2_relu`),
    layers.conv2d({ filters: 4 * filters, kernelSize: 1, name: `${name}_3_conv` }),
  );
  return layers.add({ name: `${name}_out` }).apply([shortcut, y]);
}
