import { type Layer, layers, type SymbolicTensor } from '../../layers/index.js';
import type { Application } from './application.js';
import { chain, classifier, pooled } from './blocks.js';
import { defineApplication } from './defineApplication.js';
import { publishedPair } from './publishedWeights.js';

/** Numbers of blocks in the four stages. */
const depths = { 50: [3, 4, 6, 3], 101: [3, 4, 23, 3], 152: [3, 8, 36, 3] } as const;

/** What the three networks have in common. */
function resNet(
  depth: keyof typeof depths,
  hashes: readonly [string, string],
): Omit<Application, 'parameters' | 'tensors'> {
  const file = `resnet${depth}_weights_tf_dim_ordering_tf_kernels`;
  return {
    name: `ResNet${depth}`,
    modelName: () => `resnet${depth}`,
    inputSize: 224,
    minSize: 32,
    fixedSize: 'withTop',
    preprocessing: 'caffe',
    bare: null,
    options: {},
    weights: publishedPair('resnet', [`${file}.h5`, `${file}_notop.h5`], hashes),
    cut: `conv5_block${depths[depth][3]}_out`,
    groups: ['conv2_block1_1_conv', 'conv3_block1_1_conv', 'conv4_block1_1_conv', 'conv5_block1_1_conv'],

    features(x) {
      const start = chain(
        x,
        layers.zeroPadding2d({ padding: 3, name: 'conv1_pad' }),
        layers.conv2d({ filters: 64, kernelSize: 7, strides: 2, name: 'conv1_conv' }),
        normalization('conv1_bn'),
        relu('conv1_relu'),
        layers.zeroPadding2d({ padding: 1, name: 'pool1_pad' }),
        layers.maxPooling2d({ poolSize: 3, strides: 2, name: 'pool1_pool' }),
      );
      return depths[depth].reduce<SymbolicTensor>((stage, blocks, i) => {
        let y = stage;
        for (let block = 1; block <= blocks; block++) {
          const stride = block === 1 && i > 0 ? 2 : 1;
          y = bottleneck(y, 64 * 2 ** i, stride, block === 1, `conv${i + 2}_block${block}`);
        }
        return y;
      }, start);
    },
    top: (x, settings) => classifier(x, settings, 'avg_pool'),
    pool: (x, settings) => pooled(x, settings, true),
  };
}

/** ResNet with 50 layers (He et al., 2016). */
export const resNet50 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ resNet(50, ['2cb95161c43110f7111970584f804107', '4d473c1dd8becc155b73f8504c6f6626']),
  {
    parameters: { total: 25_636_712, trainable: 25_583_592, withoutTop: 23_587_712 },
    tensors: 320,
  },
);

/** ResNet with 101 layers (He et al., 2016). */
export const resNet101 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ resNet(101, ['f1aeb4b969a6efcfb50fad2f0c20cfc5', '88cf7a10940856eca736dc7b7e228a21']),
  {
    parameters: { total: 44_707_176, trainable: 44_601_832, withoutTop: 42_658_176 },
    tensors: 626,
  },
);

/** ResNet with 152 layers (He et al., 2016). */
export const resNet152 = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ resNet(152, ['100835be76be38e30d865e96f2aaae62', 'ee4c566cf9a93f14d82f913c2dc6dd0c']),
  {
    parameters: { total: 60_419_944, trainable: 60_268_520, withoutTop: 58_370_944 },
    tensors: 932,
  },
);

function normalization(name: string): Layer {
  return layers.batchNormalization({ axis: 3, epsilon: 1.001e-5, name });
}

function relu(name: string): Layer {
  return layers.activation({ activation: 'relu', name });
}

/** Many channels to few, a convolution, back to many; added to the input, which is projected if `project`. */
function bottleneck(
  x: SymbolicTensor,
  filters: number,
  strides: number,
  project: boolean,
  name: string,
): SymbolicTensor {
  const shortcut = project
    ? chain(
        x,
        layers.conv2d({ filters: 4 * filters, kernelSize: 1, strides, name: `${name}_0_conv` }),
        normalization(`${name}_0_bn`),
      )
    : x;
  const y = chain(
    x,
    layers.conv2d({ filters, kernelSize: 1, strides, name: `${name}_1_conv` }),
    normalization(`${name}_1_bn`),
    relu(`${name}_1_relu`),
    layers.conv2d({ filters, kernelSize: 3, padding: 'same', name: `${name}_2_conv` }),
    normalization(`${name}_2_bn`),
    relu(`${name}_2_relu`),
    layers.conv2d({ filters: 4 * filters, kernelSize: 1, name: `${name}_3_conv` }),
    normalization(`${name}_3_bn`),
  );
  return relu(`${name}_out`).apply(layers.add({ name: `${name}_add` }).apply([shortcut, y]));
}
