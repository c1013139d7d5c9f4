import { layers } from '../../layers/index.js';
import type { Application } from './application.js';
import { chain, pooled } from './blocks.js';
import { defineApplication } from './defineApplication.js';
import { publishedPair } from './publishedWeights.js';

const channels = [64, 128, 256, 512, 512] as const;

/** What the two networks have in common; `counts` are the convolutions in each block. */
function vgg(
  depth: 16 | 19,
  counts: readonly number[],
  hashes: readonly [string, string],
): Omit<Application, 'parameters' | 'tensors'> {
  const file = `vgg${depth}_weights_tf_dim_ordering_tf_kernels`;
  return {
    name: `VGG${depth}`,
    modelName: () => `vgg${depth}`,
    inputSize: 224,
    minSize: 32,
    fixedSize: 'withTop',
    preprocessing: 'caffe',
    bare: null,
    options: {},
    weights: publishedPair(`vgg${depth}`, [`${file}.h5`, `${file}_notop.h5`], hashes),
    cut: 'block5_pool',
    groups: ['block2_conv1', 'block3_conv1', 'block4_conv1', 'block5_conv1'],

    features(x) {
      return channels.reduce((y, filters, i) => {
        const block = `block${i + 1}`;
        const convolutions = Array.from({ length: counts[i] as number }, (_, j) =>
          layers.conv2d({ filters, kernelSize: 3, activation: 'relu', padding: 'same', name: `${block}_conv${j + 1}` }),
        );
        return chain(y, ...convolutions, layers.maxPooling2d({ poolSize: 2, strides: 2, name: `${block}_pool` }));
      }, x);
    },
    top: (x, { classes, classifierActivation }) =>
      chain(
        x,
        layers.flatten({ name: 'flatten' }),
        layers.dense({ units: 4096, activation: 'relu', name: 'fc1' }),
        layers.dense({ units: 4096, activation: 'relu', name: 'fc2' }),
        layers.dense({ units: classes, activation: classifierActivation, name: 'predictions' }),
      ),
    pool: (x, settings) => pooled(x, settings, false),
  };
}

/** VGG with 16 layers of weights (Simonyan & Zisserman, 2015). */
export const vgg16 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ vgg(16, [2, 2, 3, 3, 3], ['64373286793e3c8b2b4e3219cbf3544b', '6d6bbae143d832006294945121d1f1fc']),
  {
    parameters: { total: 138_357_544, trainable: 138_357_544, withoutTop: 14_714_688 },
    tensors: 32,
  },
);

/** VGG with 19 layers of weights (Simonyan & Zisserman, 2015). */
export const vgg19 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ vgg(19, [2, 2, 4, 4, 4], ['cbe5617147190e668d6c5d5026f83318', '253f8cb515780f3b799900260a226db6']),
  {
    parameters: { total: 143_667_240, trainable: 143_667_240, withoutTop: 20_024_384 },
    tensors: 38,
  },
);
