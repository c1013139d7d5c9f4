import { builtInLayers, findLayerClass, layerFromConfig, layers } from 'mapache/layers';
import { describe, expect, it } from 'vitest';

describe('built-in layers', () => {
  it('all have a function that makes them', () => {
    // What the layers need that cannot do without options.
    const needed = {
      ...{ units: 1, activation: 'relu', filters: 1, kernelSize: 1, targetShape: [1], dims: [1] },
      ...{ rate: 0.5, stddev: 0.5, shape: [1], outputSize: 1, axes: 1, n: 1 },
      ...{ numHeads: 1, keyDim: 1, headDim: 1, numQueryHeads: 1, numKeyValueHeads: 1 },
      ...{ equation: 'ab,bc->ac', outputShape: 1, inputDim: 1, outputDim: 1, numTokens: 1 },
      ...{ vocabulary: [1], binBoundaries: [1] },
      ...{ cell: layers.gruCell({ units: 1 }), cells: [layers.gruCell({ units: 1 })], layer: layers.gru({ units: 1 }) },
      ...{ initValues: 1, projectionDim: 1, dropPathRate: 0.5, height: 1, width: 1, factor: 1 },
      ...{ heightFactor: 0.5, widthFactor: 0.5 },
    };
    const { rescaling, customScaleLayer, ...others } = layers;
    const makers = Object.values(others) as ((config: typeof needed) => { readonly className: string })[];
    const scaled = [rescaling({ scale: 1 }), customScaleLayer({ scale: 1 })];
    const made = [...makers.map((make) => make(needed)), ...scaled].map(({ className }) => className);
    const models = ['Functional', 'Sequential'];
    expect([...made, ...models].sort()).toEqual(builtInLayers.map(({ className }) => className).sort());
  });

  it.each([
    ['MaxPool2D', 'MaxPooling2D'],
    ['AvgPool2D', 'AveragePooling2D'],
    ['GlobalAvgPool2D', 'GlobalAveragePooling2D'],
    ['GlobalMaxPool2D', 'GlobalMaxPooling2D'],
    ['MaxPool1D', 'MaxPooling1D'],
    ['AvgPool3D', 'AveragePooling3D'],
    ['GlobalAvgPool1D', 'GlobalAveragePooling1D'],
    ['Convolution1D', 'Conv1D'],
    ['Convolution2D', 'Conv2D'],
    ['Convolution3D', 'Conv3D'],
    ['Convolution2DTranspose', 'Conv2DTranspose'],
    ['SeparableConvolution1D', 'SeparableConv1D'],
    ['SeparableConvolution2D', 'SeparableConv2D'],
    ['BatchNormalizationV1', 'BatchNormalization'],
    ['SyncBatchNormalization', 'BatchNormalization'],
  ])('%s is another name of %s', (alias, className) => {
    expect(findLayerClass(alias)).toBe(findLayerClass(className));
  });

  it('take what files of Keras 2 hold', () => {
    const depthwise = layerFromConfig('DepthwiseConv2D', {
      ...{ kernelSize: [3, 3], strides: [1, 1], padding: 'same', depthMultiplier: 1, useBias: false },
      ...{ groups: 1, kernelInitializer: { className: 'GlorotUniform', config: {} }, kernelRegularizer: null },
    });
    depthwise.build([null, 8, 8, 3]);
    expect(depthwise.weights.map(({ path, shape }) => [path, shape])).toEqual([
      [`${depthwise.name}/kernel`, [3, 3, 3, 1]],
    ]);
    expect(layerFromConfig('LeakyReLU', { alpha: 0.1 }).getConfig()).toMatchObject({ negativeSlope: 0.1 });
    expect(layerFromConfig('BatchNormalization', { axis: [3], fused: true }).getConfig()).toMatchObject({ axis: 3 });
    expect(layerFromConfig('BatchNormalization', { virtualBatchSize: null, renorm: false }).className).toBe(
      'BatchNormalization',
    );
    expect(() => layerFromConfig('BatchNormalization', { virtualBatchSize: 4 })).toThrow(/virtualBatchSize to be null/);
    expect(() => layerFromConfig('BatchNormalization', { renorm: true })).toThrow(/renorm to be false/);
    expect(layerFromConfig('Dropout', { rate: 0.5, noiseShape: null, seed: null }).getConfig()).toMatchObject({
      rate: 0.5,
    });
  });
});
