import { type Layer, layers, type SymbolicTensor } from '../../layers/index.js';
import type { Application } from './application.js';
import { chain, channelsOf, classifier, pooled, stridePadding } from './blocks.js';
import { defineApplication } from './defineApplication.js';
import { kerasWeights } from './publishedWeights.js';

/** What tells the two networks apart. */
interface Variant {
  readonly size: 'Mobile' | 'Large';
  readonly inputSize: number;
  /** Channels of the first convolution. */
  readonly stem: number;
  /** Channels of a cell in the first of three stages; it doubles from stage to stage. */
  readonly filters: number;
  /** Normal cells in each stage. */
  readonly cells: number;
  /** Whether a cell after a reduction sees what came before the reduction, not what came before that. */
  readonly skipReduction: boolean;
  readonly hashes: readonly [string, string];
}

/** The output of a cell and what the cell before it gave. */
type Pair = readonly [x: SymbolicTensor, before: SymbolicTensor | null];

function nasNet(variant: Variant): Omit<Application, 'parameters' | 'tensors'> {
  const { size, inputSize, filters, cells, skipReduction, hashes } = variant;
  const file = size.toLowerCase();
  const reductions = [`reduce_${cells}`, `reduce_${2 * cells}`];
  return {
    name: `NASNet${size}`,
    modelName: () => `nasnet_${file}`,
    inputSize,
    minSize: 32,
    // Cells compare the sizes of their two inputs.
    fixedSize: 'always',
    preprocessing: 'tf',
    bare: null,
    options: {},
    weights: [true, false].map((top, i) => ({
      top,
      options: {},
      file: `nasnet_${file}${top ? '' : '_no_top'}.h5`,
      url: `${kerasWeights}nasnet/NASNet-${file}${top ? '' : '-no-top'}.h5`,
      hash: hashes[i] as string,
    })),
    cut: { after: `normal_concat_${3 * cells}` },
    groups: ['normal_conv_1_0', ...reductions.map((id) => `reduction_conv_1_${id}`)],

    features(x) {
      const start = chain(
        x,
        layers.conv2d({
          filters: variant.stem,
          kernelSize: 3,
          strides: 2,
          useBias: false,
          name: 'stem_conv1',
          kernelInitializer: 'heNormal',
        }),
        normalization('stem_bn1'),
      );
      let pair: Pair = reduce([start, null], Math.floor(filters / 4), 'stem_1');
      pair = reduce(pair, Math.floor(filters / 2), 'stem_2');
      for (let stage = 0; stage < 3; stage++) {
        if (stage > 0) {
          const [, before] = pair;
          const reduced = reduce(pair, filters * 2 ** stage, reductions[stage - 1] as string);
          pair = skipReduction ? [reduced[0], before] : reduced;
        }
        const first = stage * cells + (stage > 0 ? 1 : 0);
        for (let i = 0; i < cells; i++) pair = normal(pair, filters * 2 ** stage, `${first + i}`);
      }
      return layers.activation({ activation: 'relu' }).apply(pair[0]);
    },
    top: (x, settings) => classifier(x, settings),
    pool: (x, settings) => pooled(x, settings, false),
  };
}

/** The smaller network that a search found (Zoph et al., 2018). */
export const nasNetMobile = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ nasNet({
    size: 'Mobile',
    inputSize: 224,
    stem: 32,
    filters: 44,
    cells: 4,
    skipReduction: false,
    hashes: ['020fb642bf7360b370c678b08e0adf61', '1ed92395b5b598bdda52abe5c0dbfd63'],
  }),
  {
    parameters: { total: 5_326_716, trainable: 5_289_978, withoutTop: 4_269_716 },
    tensors: 1126,
  },
);

/** The larger network that a search found (Zoph et al., 2018). */
export const nasNetLarge = /* @__PURE__ */ defineApplication(
  /* @__PURE__ */ nasNet({
    size: 'Large',
    inputSize: 331,
    stem: 96,
    filters: 168,
    cells: 6,
    skipReduction: true,
    hashes: ['11577c9a518f0070763c2b964a382f17', 'd81d89dc07e6e56530c4e77faddd61b5'],
  }),
  {
    parameters: { total: 88_949_818, trainable: 88_753_150, withoutTop: 84_916_818 },
    tensors: 1546,
  },
);

function normalization(name: string): Layer {
  return layers.batchNormalization({ axis: -1, momentum: 0.9997, epsilon: 1e-3, name });
}

function relu(name?: string): Layer {
  return layers.activation({ activation: 'relu', name });
}

function pointwise(filters: number, name: string): Layer {
  return layers.conv2d({
    filters,
    kernelSize: 1,
    padding: 'same',
    useBias: false,
    name,
    kernelInitializer: 'heNormal',
  });
}

/** Two separable convolutions, each after an activation and before a normalisation. */
function separable(x: SymbolicTensor, filters: number, kernelSize: number, id: string, strides = 1): SymbolicTensor {
  let y = relu().apply(x);
  if (strides === 2) {
    const name = `separable_conv_1_pad_${id}`;
    y = layers.zeroPadding2d({ padding: stridePadding(y, kernelSize), name }).apply(y);
  }
  const padding = strides === 2 ? 'valid' : 'same';
  const common = { filters, kernelSize, useBias: false };
  return chain(
    y,
    layers.separableConv2d({ ...common, strides, padding, name: `separable_conv_1_${id}` }),
    normalization(`separable_conv_1_bn_${id}`),
    relu(),
    layers.separableConv2d({ ...common, padding: 'same', name: `separable_conv_2_${id}` }),
    normalization(`separable_conv_2_bn_${id}`),
  );
}

/** The older of a cell's two inputs, brought to the size and the channels of the newer one. */
function adjust([x, before]: Pair, filters: number, id: string): SymbolicTensor {
  if (before === null) return x;
  if (before.shape[2] !== x.shape[2]) return shrink(before, filters, id);
  if (channelsOf(before) === filters) return before;
  return chain(before, relu(), pointwise(filters, `adjust_conv_projection_${id}`), normalization(`adjust_bn_${id}`));
}

/** Every second pixel, and, beside them, every second one of those a row and a column further on. */
function shrink(x: SymbolicTensor, filters: number, id: string): SymbolicTensor {
  const activated = relu(`adjust_relu_1_${id}`).apply(x);
  const half = (y: SymbolicTensor, i: number): SymbolicTensor =>
    chain(
      y,
      layers.averagePooling2d({ poolSize: 1, strides: 2, name: `adjust_avg_pool_${i}_${id}` }),
      pointwise(Math.floor(filters / 2), `adjust_conv_${i}_${id}`),
    );
  const first = half(activated, 1);
  const shifted = chain(
    activated,
    layers.zeroPadding2d({
      padding: [
        [0, 1],
        [0, 1],
      ],
    }),
    layers.cropping2d({
      cropping: [
        [1, 0],
        [1, 0],
      ],
    }),
  );
  const both = layers.concatenate({ axis: -1 }).apply([first, half(shifted, 2)]);
  return normalization(`adjust_bn_${id}`).apply(both);
}

function normal(pair: Pair, filters: number, id: string): Pair {
  const [x] = pair;
  const p = adjust(pair, filters, id);
  const h = chain(x, relu(), pointwise(filters, `normal_conv_1_${id}`), normalization(`normal_bn_1_${id}`));
  const sum = (i: number, a: SymbolicTensor, b: SymbolicTensor): SymbolicTensor =>
    layers.add({ name: `normal_add_${i}_${id}` }).apply([a, b]);
  const mean = (y: SymbolicTensor, name: string): SymbolicTensor =>
    layers.averagePooling2d({ poolSize: 3, strides: 1, padding: 'same', name: `normal_${name}_${id}` }).apply(y);
  const parts = [
    p,
    sum(1, separable(h, filters, 5, `normal_left1_${id}`), separable(p, filters, 3, `normal_right1_${id}`)),
    sum(2, separable(p, filters, 5, `normal_left2_${id}`), separable(p, filters, 3, `normal_right2_${id}`)),
    sum(3, mean(h, 'left3'), p),
    sum(4, mean(p, 'left4'), mean(p, 'right4')),
    sum(5, separable(h, filters, 3, `normal_left5_${id}`), h),
  ];
  return [layers.concatenate({ axis: -1, name: `normal_concat_${id}` }).apply(parts), x];
}

/** A cell that halves rows and columns. */
function reduce(pair: Pair, filters: number, id: string): Pair {
  const [x] = pair;
  const p = adjust(pair, filters, id);
  const h = chain(x, relu(), pointwise(filters, `reduction_conv_1_${id}`), normalization(`reduction_bn_1_${id}`));
  const padded = layers.zeroPadding2d({ padding: stridePadding(h, 3), name: `reduction_pad_1_${id}` }).apply(h);
  const window = { poolSize: 3, strides: 2 };
  const add = (name: string | undefined, a: SymbolicTensor, b: SymbolicTensor): SymbolicTensor =>
    layers.add({ name }).apply([a, b]);

  const x1 = add(
    `reduction_add_1_${id}`,
    separable(h, filters, 5, `reduction_left1_${id}`, 2),
    separable(p, filters, 7, `reduction_right1_${id}`, 2),
  );
  const x2 = add(
    `reduction_add_2_${id}`,
    layers.maxPooling2d({ ...window, name: `reduction_left2_${id}` }).apply(padded),
    separable(p, filters, 7, `reduction_right2_${id}`, 2),
  );
  const x3 = add(
    `reduction_add3_${id}`,
    layers.averagePooling2d({ ...window, name: `reduction_left3_${id}` }).apply(padded),
    separable(p, filters, 5, `reduction_right3_${id}`, 2),
  );
  const smooth = layers.averagePooling2d({ poolSize: 3, strides: 1, padding: 'same', name: `reduction_left4_${id}` });
  const x4 = add(undefined, x2, smooth.apply(x1));
  const x5 = add(
    `reduction_add4_${id}`,
    separable(x1, filters, 3, `reduction_left4_${id}`),
    layers.maxPooling2d({ ...window, name: `reduction_right5_${id}` }).apply(padded),
  );
  return [layers.concatenate({ axis: -1, name: `reduction_concat_${id}` }).apply([x2, x3, x4, x5]), x];
}
