import { type Layer, layers, type SymbolicTensor } from '../../layers/index.js';
import type { Application } from './application.js';
import { chain, classifier, pooled } from './blocks.js';
import { defineApplication } from './defineApplication.js';
import { publishedPair } from './publishedWeights.js';

/** Channels of the two separable convolutions in blocks that halve the picture, by number of the block. */
const narrowing = [
  [2, 128, 128],
  [3, 256, 256],
  [4, 728, 728],
] as const;

const record = {
  name: 'Xception',
  modelName: () => 'xception',
  inputSize: 299,
  minSize: 71,
  fixedSize: 'withTop',
  preprocessing: 'tf',
  bare: null,
  options: {},
  weights: /* @__PURE__ */ publishedPair(
    'xception',
    ['xception_weights_tf_dim_ordering_tf_kernels.h5', 'xception_weights_tf_dim_ordering_tf_kernels_notop.h5'],
    ['0a58e3b7378bc2990ea3b43d5981f1f6', 'b0042744bf5b25fce3cb969f33bebb97'],
  ),
  cut: 'block14_sepconv2_act',
  groups: ['block2_sepconv1', 'block4_sepconv1', 'block9_sepconv1', 'block13_sepconv1'],
  parameters: { total: 22_910_480, trainable: 22_855_952, withoutTop: 20_861_480 },
  tensors: 236,

  features(x) {
    let y = chain(
      x,
      layers.conv2d({ filters: 32, kernelSize: 3, strides: 2, useBias: false, name: 'block1_conv1' }),
      ...activated('block1_conv1', 'block1_conv1_act'),
      layers.conv2d({ filters: 64, kernelSize: 3, useBias: false, name: 'block1_conv2' }),
      ...activated('block1_conv2', 'block1_conv2_act'),
    );
    for (const [block, first, second] of narrowing) y = narrow(y, block, first, second);
    for (let block = 5; block <= 12; block++) {
      const name = `block${block}_sepconv`;
      const changed = [1, 2, 3].reduce(
        (z, i) => chain(z, relu(`${name}${i}_act`), ...separable(728, `${name}${i}`)),
        y,
      );
      y = layers.add().apply([changed, y]);
    }
    return chain(
      narrow(y, 13, 728, 1024),
      ...separable(1536, 'block14_sepconv1'),
      relu('block14_sepconv1_act'),
      ...separable(2048, 'block14_sepconv2'),
      relu('block14_sepconv2_act'),
    );
  },
  top: (x, settings) => classifier(x, settings, 'avg_pool'),
  pool: (x, settings) => pooled(x, settings, false),
} satisfies Application;

/** Xception (Chollet, 2017). */
export const xception = /* @__PURE__ */ defineApplication(record);

function relu(name: string): Layer {
  return layers.activation({ activation: 'relu', name });
}

function activated(convolution: string, name: string): readonly Layer[] {
  return [layers.batchNormalization({ axis: -1, name: `${convolution}_bn` }), relu(name)];
}

function separable(filters: number, name: string): readonly Layer[] {
  return [
    layers.separableConv2d({ filters, kernelSize: 3, padding: 'same', useBias: false, name }),
    layers.batchNormalization({ axis: -1, name: `${name}_bn` }),
  ];
}

/** Two separable convolutions and a pooling, added to a convolution of the same stride. */
function narrow(x: SymbolicTensor, block: number, first: number, second: number): SymbolicTensor {
  const shortcut = chain(
    x,
    layers.conv2d({ filters: second, kernelSize: 1, strides: 2, padding: 'same', useBias: false }),
    layers.batchNormalization({ axis: -1 }),
  );
  const name = `block${block}`;
  const y = chain(
    x,
    // The first of these blocks gets what is activated already.
    ...(block === 2 ? [] : [relu(`${name}_sepconv1_act`)]),
    ...separable(first, `${name}_sepconv1`),
    relu(`${name}_sepconv2_act`),
    ...separable(second, `${name}_sepconv2`),
    layers.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same', name: `${name}_pool` }),
  );
  return layers.add().apply([y, shortcut]);
}
