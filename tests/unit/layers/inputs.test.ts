import { input, layers } from 'mapache/layers';
import { ArgumentError, ones, ShapeError, ShapeMismatchError, tensor } from 'mapache/tensor';
import { describe, expect, it } from 'vitest';

describe('layers and the inputs they take', () => {
  it('say what was expected of an input and what came', () => {
    const dense = layers.dense({ units: 3, name: 'top' });
    dense.build([null, 4]);
    expect(() => dense.apply(ones([2, 5]))).toThrow(
      "Dense 'top': expected an input with size 4 along axis -1, received shape [2, 5].",
    );
    expect(() => dense.apply(ones([4]))).toThrow(/rank 2 or more/);
    expect(() => dense.apply([ones([2, 4]), ones([2, 4])])).toThrow(/expected one input, received 2/);
    expect(() => layers.conv2d({ filters: 2, kernelSize: 3 }).apply(ones([5, 5, 3]))).toThrow(/an input of rank 4/);
    const norm = layers.batchNormalization({ axis: 1 });
    norm.build([null, 3, 4]);
    expect(() => norm.apply(ones([2, 4, 3]))).toThrow(/size 3 along axis 1/);
    expect(() => layers.permute({ dims: [2, 1] }).apply(ones([2, 3]))).toThrow(/rank 3/);
  });

  it('stay unbuilt when they cannot take an input', () => {
    const conv = layers.conv2d({ filters: 4, kernelSize: 3, groups: 2 });
    expect(() => conv.build([null, 8, 8, 3])).toThrow(/multiple of 2 groups, received 3/);
    expect(() => conv.build([null, 8, 8, null])).toThrow(/size along axis -1 is known, received \[\?, 8, 8, \?\]/);
    expect(conv.weights).toEqual([]);
    expect(conv.apply(ones([1, 3, 3, 4])).shape).toEqual([1, 1, 1, 4]);
  });

  it('merge what broadcasts, and nothing else', async () => {
    expect(layers.add().apply([ones([2, 4]), ones([2, 3, 4])]).shape).toEqual([2, 3, 4]);
    expect(
      await layers
        .average()
        .apply([tensor([1, 2]), tensor([3, 6])])
        .array(),
    ).toEqual([2, 4]);
    expect(() => layers.add().apply([ones([2, 3]), ones([2, 4])])).toThrow(ShapeMismatchError);
    expect(() => layers.subtract().apply([ones([2]), ones([2]), ones([2])])).toThrow(/two inputs, received 3/);
    expect(() => layers.concatenate().apply([ones([2, 3]), ones([3, 3])])).toThrow(ShapeMismatchError);
    expect(() => layers.multiply().applyAll([] as ReturnType<typeof ones>[])).toThrow(/at least one input/);
  });

  it('crop and reshape only what is there', () => {
    expect(() => layers.cropping2d({ cropping: 2 }).apply(ones([1, 4, 5, 1]))).toThrow(/larger than 4 x 4/);
    expect(() => layers.reshape({ targetShape: [4, 4] }).apply(ones([2, 15]))).toThrow(ShapeError);
    expect(() => layers.maxPooling2d({ poolSize: 4 }).apply(ones([1, 3, 3, 1]))).toThrow(ShapeError);
  });

  it('leave sizes open that depend on open ones', () => {
    const image = input({ shape: [null, null, 3] });
    const features = layers.conv2d({ filters: 4096, kernelSize: 7, strides: 32, padding: 'same' }).apply(image);
    expect(features.shape).toEqual([null, null, null, 4096]);
    expect(layers.globalAveragePooling2d().apply(features).shape).toEqual([null, 4096]);
    expect(layers.flatten().apply(image).shape).toEqual([null, null]);
    expect(layers.reshape({ targetShape: [-1, 3] }).apply(image).shape).toEqual([null, null, 3]);
    expect(layers.averagePooling2d({ poolSize: 8 }).apply(image).shape).toEqual([null, null, null, 3]);
  });

  it('give their own weights by name', () => {
    const dense = layers.dense({ units: 2 });
    expect(() => dense.weight('kernel')).toThrow(ArgumentError);
    dense.build([null, 3]);
    expect(dense.weight('kernel')).toBe(dense.weights[0]);
    expect(() => dense.weight('kernle')).toThrow(/one of 'kernel', 'bias', received "kernle"/);
  });
});

describe('options of layers', () => {
  const conv = (options: object): unknown => layers.conv2d({ filters: 2, kernelSize: 3, ...options });

  it.each<[string, () => unknown, RegExp]>([
    ['units', () => layers.dense({ units: 2.5 }), /Dense: expected units to be an integer, at least 1, received 2.5/],
    ['kernelSize', () => conv({ kernelSize: [3, 3, 3] }), /kernelSize to be a positive integer or 2 of them/],
    ['padding', () => conv({ padding: 'causal' }), /padding to be 'valid' or 'same', received "causal"/],
    ['dataFormat', () => conv({ dataFormat: 'NCHW' }), /dataFormat to be 'channels_last' or 'channels_first'/],
    ['useBias', () => conv({ useBias: 'yes' }), /useBias to be true or false, received "yes"/],
    ['activation', () => conv({ activation: 'relo' }), /an activation or one of/],
    ['kernelInitializer', () => conv({ kernelInitializer: 3 }), /an initialiser or one of/],
    ['kernelRegularizer', () => conv({ kernelRegularizer: 'l7' }), /a regulariser or one of/],
    ['strides and dilationRate', () => conv({ strides: 2, dilationRate: 2 }), /strides or dilationRate to be 1/],
    ['groups', () => conv({ groups: 4 }), /multiple of groups/],
    ['epsilon', () => layers.batchNormalization({ epsilon: Number.NaN }), /epsilon to be a finite number, at least 0/],
    ['axis', () => layers.layerNormalization({ axis: [] }), /at least one axis/],
    ['poolSize', () => layers.maxPooling2d({ poolSize: 0 }), /poolSize/],
    [
      'padding of borders',
      () =>
        layers.zeroPadding2d({
          padding: [
            [1, 2],
            [0, -1],
          ],
        }),
      /\[\[top, bottom\], \[left, right\]\]/,
    ],
    ['targetShape', () => layers.reshape({ targetShape: [-1, null] }), /one of which may be -1/],
    ['dims', () => layers.permute({ dims: [1, 1] }), /the axes 1 to n, each once/],
    ['interpolation', () => layers.upSampling2d({ interpolation: 'area' as 'nearest' }), /'nearest' or 'bilinear'/],
    ['maxValue', () => layers.relu({ maxValue: -1 }), /maxValue/],
    ['scale', () => layers.rescaling({ scale: ['a'] as never }), /scale to be a finite number/],
  ])('%s is checked', (_, make, message) => {
    expect(make).toThrow(ArgumentError);
    expect(make).toThrow(message);
  });
});
